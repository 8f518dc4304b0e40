// The keyboard of desk pages. Bind once (the base template does): [data-key="a"], "g q", "ctrl+enter"; "?" lists them.
const PAUSE = 900;

export default function keys(main, kit) {
  const sheet = document.getElementById('keysheet');
  let first = '';
  let timer = 0;
  let on = read();

  document.addEventListener('keydown', (event) => {
    if (event.isComposing || event.altKey || event.metaKey || event.defaultPrevented) return;
    const modal = document.querySelector('dialog[open]');
    const name = nameOf(event);
    const writing = event.target.matches('input:not([type=radio]):not([type=checkbox]),textarea,select,[contenteditable]');
    if (writing && !event.ctrlKey) { if (event.key === 'Escape') event.target.blur(); return; }
    if (!on && !event.ctrlKey && name !== '?') return;
    if (modal && name !== 'escape') { if (!modal.querySelector(`[data-key="${CSS.escape(name)}"]`)) return; }
    if (!modal && move(name)) { event.preventDefault(); return; }
    const sequence = first ? first + ' ' + name : name;
    clearTimeout(timer);
    first = '';
    if (act(sequence, modal) || (sequence !== name && act(name, modal))) { event.preventDefault(); return; }
    if (document.querySelector(`[data-key^="${CSS.escape(name)} "]`)) {
      first = name;
      timer = setTimeout(() => { first = ''; }, PAUSE);
    }
  });

  function act(name, modal) {
    if (!name) return false;
    const found = [...(modal || document).querySelectorAll(`[data-key="${CSS.escape(name)}"]`)].find(visible);
    if (!found) return false;
    if (found.matches('input[type=radio],input[type=checkbox]')) { found.click(); found.focus(); }
    else if (found.matches('input,textarea,select')) { found.focus(); if (found.select) found.select(); }
    else found.click();
    return true;
  }

  function move(name) {
    if (!['j', 'k', 'enter', 'o'].includes(name)) return false;
    const list = document.querySelector('[data-key-list]');
    const items = list ? [...list.querySelectorAll('[data-key-item]')].filter(visible) : [];
    if (!items.length) return false;
    let here = items.findIndex((item) => item.classList.contains('is-here'));
    if (name === 'enter' || name === 'o') {
      if (here < 0 || (name === 'enter' && document.activeElement.matches('a,button,summary'))) return false;
      (items[here].matches('a') ? items[here] : items[here].querySelector('a,button')).click();
      return true;
    }
    here = Math.max(0, Math.min(items.length - 1, here + (name === 'j' ? 1 : -1)));
    for (const item of items) item.classList.toggle('is-here', item === items[here]);
    if (!items[here].hasAttribute('tabindex') && !items[here].matches('a,button')) items[here].tabIndex = -1;
    items[here].focus();
    items[here].scrollIntoView({ block: 'nearest' });
    return true;
  }

  if (!sheet) return;
  document.querySelector('[data-keysheet-open]')?.addEventListener('click', () => { fill(sheet.querySelector('[data-keylist]'), kit); sheet.showModal(); });
  const box = sheet.querySelector('[data-keys-on]');
  box.checked = on;
  box.addEventListener('change', () => {
    on = box.checked;
    try { localStorage.setItem('keys', on ? 'on' : 'off'); } catch (_) { /* for this page only */ }
    kit.toast(kit.text(on ? 'keys.on' : 'keys.off'));
  });
}

function fill(list, kit) {
  const rows = new Map();
  for (const element of document.querySelectorAll('[data-key]')) if (visible(element)) rows.set(element.dataset.key, label(element));
  if (document.querySelector('[data-key-list]')) rows.set('j', kit.text('keys.down')).set('k', kit.text('keys.up')).set('enter', kit.text('keys.open'));
  list.replaceChildren(...[...rows].flatMap(([key, words]) => {
    const term = document.createElement('dt');
    term.append(...key.split(' ').map((one) => Object.assign(document.createElement('kbd'), { textContent: one.replace('+', ' + ') })));
    return [term, Object.assign(document.createElement('dd'), { textContent: words })];
  }));
}

function label(element) {
  if (element.dataset.keyLabel) return element.dataset.keyLabel;
  if (element.getAttribute('aria-label')) return element.getAttribute('aria-label');
  const source = (element.labels && element.labels[0]) || element;
  const copy = source.cloneNode(true);
  for (const extra of copy.querySelectorAll('.keyhint,svg,b,input,textarea')) extra.remove();
  return copy.textContent.trim().replace(/\s+/g, ' ');
}

function nameOf(event) {
  const key = event.key === ' ' ? 'space' : event.key.toLowerCase();
  return (event.ctrlKey ? 'ctrl+' : '') + (event.shiftKey && key.length > 1 ? 'shift+' : '') + key;
}

function visible(element) {
  return !element.disabled && element.getClientRects().length > 0;
}

function read() {
  try { return localStorage.getItem('keys') !== 'off'; } catch (_) { return true; }
}
