// What only the police desk needs: sheets that open by themselves, usual shares beside the grades,
// and words that outlive a session which ended while they were typed.
const KEPT = 'ruling:' + location.pathname.replace(/\/sign$/, '');
const SIGN_IN_AFTER = 2500;

document.addEventListener('click', (event) => {
  const button = event.target.closest('[data-close]');
  if (button) button.closest('dialog').close();
});

for (const dialog of document.querySelectorAll('dialog[data-modal]')) {
  dialog.close();
  dialog.showModal();
}

document.addEventListener('htmx:afterSwap', (event) => {
  for (const usual of event.target.querySelectorAll('[data-usual]')) {
    const field = document.getElementById('share-' + usual.dataset.usual);
    if (field) field.placeholder = usual.textContent;
  }
});

document.addEventListener('htmx:responseError', (event) => {
  if (event.detail.xhr.status !== 401) return;
  keep();
  setTimeout(() => location.assign('/accounts/login/?next=' + encodeURIComponent(KEPT.slice('ruling:'.length))), SIGN_IN_AFTER);
});

// The law sheet by keyboard: arrows go from the search to the hits and between them, Enter cites the first hit.
document.getElementById('lawsheet')?.addEventListener('keydown', (event) => {
  const search = document.getElementById('law-q');
  const list = document.querySelector('.law-hits');
  const stops = [search, ...(list ? list.querySelectorAll('button') : [])];
  const here = stops.indexOf(event.target);
  if (here < 0 || event.isComposing) return;
  if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
    const next = stops[here + (event.key === 'ArrowDown' ? 1 : -1)];
    if (next) next.focus();
    event.preventDefault();
  } else if (event.key === 'Enter' && here === 0) {
    // only what was asked for: an answer to earlier words is still on its way to being replaced
    if (stops[1] && list.dataset.query.trim() === search.value.trim().slice(0, 80)) stops[1].click();
    event.preventDefault();
  }
});

function form() {
  return document.querySelector('form[data-ruling]');
}

function keep() {
  if (!form()) return;
  const typed = [...new FormData(form())].filter(([name]) => name !== 'csrfmiddlewaretoken' && name !== 'code');
  try { sessionStorage.setItem(KEPT, JSON.stringify(typed)); } catch (_) { /* the draft on the server remains */ }
}

function restore() {
  const text = sessionStorage.getItem(KEPT);
  if (!text || !form()) return;
  sessionStorage.removeItem(KEPT);
  for (const [name, value] of JSON.parse(text)) {
    for (const field of form().querySelectorAll(`[name="${CSS.escape(name)}"]`)) {
      if (field.type === 'radio') field.checked = field.checked || field.value === value;
      else if (field.type !== 'hidden') field.value = value;
    }
  }
  setTimeout(() => form().dispatchEvent(new Event('change', { bubbles: true })), 1000);
}

restore();
