// The form of a step: every entry is kept on this phone before it is sent; without network it goes on all the
// same, by the plan that the page carries. Without this script the form posts as any form.
const PATIENCE = 5000;
const AT_ONCE = 400;

export default async function keep(mark, kit) {
  const page = mark.parentElement.querySelector('#keep-data');
  const sheet = JSON.parse(page.textContent);
  const store = await kit.load('drafts');
  await store.open(kit);
  const form = document.getElementById('step');
  const draft = await store.change(sheet.party, (one) => {
    if (!sheet.blank) { one.done = sheet.done; one.locked = false; }
    one.last = sheet.page;
  });
  const waiting = await store.forms(sheet.party);
  const road = { sheet, draft, done: new Set([...(draft ? draft.done : sheet.done), ...waiting.map((one) => one.step)]) };
  progress(road);
  count(sheet, store);
  onward(road, store);
  received(road, kit);
  others(sheet, mark, kit, store);
  if (form && form.method === 'post') attend(form, mark, kit, store, road, waiting);
  mark.dataset.awake = 'yes';
}

function attend(form, mark, kit, store, road, waiting) {
  const { sheet } = road;
  const code = !!form.elements.code; // good once and soon over: not kept while it is typed
  const page = code ? sheet.page + '/code' : sheet.page;
  const here = waiting.filter((one) => one.page === page).pop();
  const kept = road.draft && road.draft.pages[page];
  if (kept && (sheet.blank || here || !kept.sent)) fill(form, kept.fields);
  if (here && here.refused && here.refused !== 'page') trouble(mark, here.refused);

  let timer;
  const note = () => { if (!code) store.type(sheet.party, page, fieldsOf(form)); };
  form.addEventListener('change', () => { clearTimeout(timer); note(); });
  form.addEventListener('input', () => { clearTimeout(timer); timer = setTimeout(note, AT_ONCE); });
  form.addEventListener('submit', (event) => {
    if (event.defaultPrevented || [...form.elements].some((one) => one.type === 'file')) return;
    event.preventDefault();
    clearTimeout(timer);
    if (!form.hasAttribute('data-going')) send(fieldsOf(form, event.submitter));
  });
  const unsent = document.getElementById('unsent'); // by the service worker: it went out before we were awake
  if (unsent) {
    const fields = JSON.parse(unsent.textContent);
    unsent.remove();
    fill(form, fields);
    send(fields);
  }

  if (here && !here.refused && reopened()) wait(store.flush(here.n), here.fields);

  function send(fields) {
    const to = code ? { page: sheet.page } : following(road, fields);
    const told = {
      draft: sheet.party, page, step: sheet.step, fields, next: to.page, done: to.done,
      url: new URL(form.getAttribute('action') || '', location.href).pathname, body: new URLSearchParams(fields).toString(),
    };
    wait(store.submit(told), fields);
  }

  /** The outcome of a form, or none in time. */
  async function wait(sending, fields) {
    going(form, true);
    const late = new Promise((done) => setTimeout(done, navigator.onLine === false ? 300 : PATIENCE));
    const outcome = (await Promise.race([sending, late])) || { state: 'waiting' };
    if (outcome.state === 'sent') leave(outcome.next);
    else if (outcome.state === 'refused') again(outcome);
    else if (store.rehearsal(sheet.party) || (sheet.offline && !code)) goOn(fields);
    else stay();
  }

  function again(outcome) {
    going(form, false);
    if (outcome.html) swap(outcome.html, kit);
    else trouble(mark, outcome.words);
  }

  /** No answer in time: on to the next page that needs none. */
  function goOn(fields) {
    const to = following(road, fields);
    const over = !to.page || to.page === 'happened/more' || sheet.ends.includes(to.page);
    leave(store.rehearsal(sheet.party) && over ? '/try/end' : address(sheet, to.page));
  }

  /** What only the server can answer: it is kept, and the page goes on when it is there. */
  function stay() {
    trouble(mark, kit.text('keep.waits'));
    const stop = store.listen(async () => {
      const left = (await store.forms(sheet.party)).filter((one) => one.page === page);
      if (left.length && !left.some((one) => one.refused)) return;
      stop();
      leave(left.length ? location.pathname : address(sheet, ''));
    });
  }
}

/** The smaller forms of the page ("we have moved", "send again"): kept and sent the same way, but waited for. */
function others(sheet, mark, kit, store) {
  document.addEventListener('submit', async (event) => {
    const form = event.target;
    const url = new URL(form.getAttribute('action') || '', location.href);
    const ours = form.id !== 'step' && form.method === 'post' && url.pathname.startsWith('/p/' + sheet.party + '/');
    if (!ours || event.defaultPrevented || form.matches('[enctype],[hx-post],[data-behaviour~="photo"]')) return;
    event.preventDefault();
    if (form.hasAttribute('data-going')) return;
    form.toggleAttribute('data-going', true);
    if (event.submitter) event.submitter.setAttribute('aria-busy', 'true');
    const fields = fieldsOf(form, event.submitter);
    const told = {
      draft: sheet.party, page: url.pathname.split('/').slice(3).join('/') + '#' + form.id, step: '', next: sheet.page,
      fields, url: url.pathname, body: new URLSearchParams(fields).toString(),
    };
    const late = new Promise((done) => setTimeout(done, PATIENCE));
    const outcome = (await Promise.race([store.submit(told), late])) || { state: 'waiting' };
    if (outcome.state === 'sent') leave(outcome.next);
    else if (outcome.html) swap(outcome.html, kit);
    else trouble(mark, outcome.words || kit.text('keep.waits'));
  });
}

/** Where it goes on without an answer: the rules of the page, then the next step that is not done. */
function following(road, fields) {
  const { sheet, draft, done } = road;
  for (const rule of sheet.forks) {
    const told = rule.page ? ((draft && draft.pages[rule.page]) || { fields: [] }).fields : fields;
    if (!rule.field || told.some(([name, value]) => name === rule.field && value === rule.is)) {
      return { page: rule.to, done: !rule.to || rule.to === 'happened/more' };
    }
  }
  const at = sheet.plan.indexOf(sheet.step);
  const round = [...sheet.plan.slice(at + 1), ...sheet.plan.slice(0, Math.max(at, 0))];
  return { page: round.find((step) => !done.has(step)) || '', done: true };
}

/** Whether the page was opened again after a crash, not by a way that leads back to it. */
function reopened() {
  const [way] = performance.getEntriesByType('navigation');
  return !document.referrer || (way && way.type === 'reload');
}

const address = (sheet, page) => '/p/' + sheet.party + (page ? '/' + page : '');
const leave = (url) => location.assign(url);

/** The bar of progress and the way on, on pages that could not know what is done. */
function progress({ sheet, done }) {
  for (const item of document.querySelectorAll('[data-step]')) {
    const step = item.dataset.step;
    if (step === sheet.step || !done.has(step) || item.classList.contains('step-done')) continue;
    item.className = 'step step-done';
    const link = Object.assign(document.createElement('a'), { href: address(sheet, step) });
    link.append(...item.childNodes);
    item.append(link);
  }
}

function onward(road, store) {
  if (!road.sheet.blank) return;
  const link = document.querySelector('.actionbar a.btn-main');
  if (!link) return;
  link.addEventListener('click', async (event) => {
    event.preventDefault();
    const taken = road.sheet.step === 'photos' && !document.querySelector('.slots')?.querySelector('.slot-todo');
    const to = following(road, []).page;
    await store.change(road.sheet.party, (one) => { if (taken && !one.done.includes('photos')) one.done.push('photos'); });
    leave(address(road.sheet, to));
  });
}

/** Photographs that the server already has, on a page that could not know it. */
function received(road, kit) {
  for (const shot of Object.keys((road.sheet.blank && road.draft && road.draft.shots) || {})) {
    const slot = document.querySelector(`form.slot-todo[data-slot="${CSS.escape(shot)}"]`);
    if (!slot) continue;
    slot.classList.replace('slot-todo', 'slot-sent');
    slot.querySelector('[data-photo-say]').textContent = kit.text('photo.sent');
  }
}

/** Taps and typed characters: said at the end of a rehearsal, never sent. */
function count(sheet, store) {
  if (!store.rehearsal(sheet.party)) return;
  const more = (what) => store.change(sheet.party, (one) => { one[what] += 1; });
  document.addEventListener('click', (event) => { if (event.isTrusted) more('taps'); }, true);
  document.addEventListener('input', (event) => { if (event.data && event.target.matches('input,textarea')) more('chars'); }, true);
}

function fieldsOf(form, button) {
  const fields = [...new FormData(form).entries()].filter(([name, value]) => name !== 'csrfmiddlewaretoken' && typeof value === 'string');
  if (button && button.name) fields.push([button.name, button.value]);
  return fields;
}

function fill(form, fields) {
  const told = new Map();
  for (const [name, value] of fields) told.set(name, [...(told.get(name) || []), value]);
  for (const one of form.elements) {
    if (!one.name || one.name === 'csrfmiddlewaretoken' || one.type === 'submit' || one.type === 'file') continue;
    const values = told.get(one.name);
    if (one.type === 'radio' || one.type === 'checkbox') one.checked = !!values && values.includes(one.value);
    else if (values) one.value = values[0];
    if (values && values.some(Boolean)) one.closest('details')?.setAttribute('open', '');
  }
  form.dispatchEvent(new CustomEvent('keep:filled', { bubbles: true }));
  form.querySelectorAll('[data-behaviour~="zones"]').forEach((box) => box.dispatchEvent(new Event('change')));
}

function going(form, on) {
  form.toggleAttribute('data-going', on);
  const buttons = [...form.elements, ...document.querySelectorAll('[form="step"]')].filter((one) => one.type === 'submit');
  for (const button of buttons) on ? button.setAttribute('aria-busy', 'true') : button.removeAttribute('aria-busy');
}

function trouble(mark, words) {
  const box = mark.querySelector('[data-keep-trouble]');
  box.querySelector('p').textContent = words;
  box.hidden = !words;
}

/** The server's own page with the errors at their fields takes the place of this one. */
function swap(html, kit) {
  const found = new DOMParser().parseFromString(html, 'text/html').getElementById('main');
  const main = document.getElementById('main');
  main.replaceChildren(...found.childNodes);
  kit.bind(main);
  const wrong = main.querySelector('[aria-invalid="true"], .field-bad input, .error, [role="alert"]:not([hidden])');
  if (wrong) { wrong.focus({ preventScroll: true }); wrong.scrollIntoView({ block: 'center' }); }
}
