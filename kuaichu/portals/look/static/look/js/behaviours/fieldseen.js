// Pages of those who go to the scene: the last seen ones stay on the phone, and what is noted there is sent once.
// The service worker shows a kept page with a <template id="seen">; what is private is not in it.
const SEEN = 'field-seen';
const PATIENCE = 5000;

export default async function fieldseen(box, kit) {
  const task = box.dataset.task;
  if (document.getElementById('seen')) box.hidden = false;
  addEventListener('offline', () => { box.hidden = false; });
  document.addEventListener('submit', (event) => { if (event.target.matches('[data-sign-out]') && window.caches) caches.delete(SEEN); });
  for (const link of document.querySelectorAll('[data-keep-too]')) keepToo(link.href);
  const store = await kit.load('drafts');
  if (!(await store.open(kit))) return;
  store.as(box.dataset.who);
  const draft = 'field:' + box.dataset.who + ':' + task;
  const forms = () => [...document.querySelectorAll('form[data-keep]')];
  document.addEventListener('submit', (event) => attend(event, kit, store, draft, box), true);
  document.addEventListener('input', (event) => {
    const form = event.target.closest('form[data-keep]');
    if (form) store.type(draft, path(form), fieldsOf(form));
  });
  if (!task) return;
  const { pages } = await store.draft(draft);
  const waiting = await store.forms(draft);
  for (const form of forms()) {
    const told = pages[path(form)];
    if (told && !told.sent) fill(form, told.fields);
    if (waiting.some((one) => one.page === path(form) && !one.refused)) say(form, true);
  }
  if (waiting.length) store.listen(async () => { if (!(await store.forms(draft)).some((one) => !one.refused)) location.reload(); });
}

/** A form that may wait: kept first, then sent; any other one needs the network, and says so. */
async function attend(event, kit, store, draft, box) {
  const form = event.target;
  if (form.method !== 'post' || form.enctype === 'multipart/form-data') return;
  if (!form.matches('[data-keep]')) {
    if (navigator.onLine === false) { event.preventDefault(); event.stopImmediatePropagation(); kit.toast(kit.text('toast.offline'), 'bad'); }
    return;
  }
  event.preventDefault();
  event.stopImmediatePropagation();
  if (form.hasAttribute('data-going')) return;
  form.toggleAttribute('data-going', true);
  const fields = fieldsOf(form, event.submitter);
  const told = { draft, page: path(form), step: '', next: '', fields, url: path(form), body: new URLSearchParams([...fields, ['by', box.dataset.who]]).toString() };
  const late = new Promise((done) => setTimeout(done, navigator.onLine === false ? 300 : PATIENCE));
  const outcome = (await Promise.race([store.submit(told), late])) || { state: 'waiting' };
  form.removeAttribute('data-going');
  if (outcome.state === 'sent') go(outcome.next);
  else if (outcome.state === 'refused') kit.toast(outcome.words || kit.text('toast.failed'), 'bad');
  else {
    say(form, true);
    const stop = store.listen(async () => {
      if ((await store.forms(draft)).some((one) => !one.refused)) return;
      stop();
      location.reload();
    });
  }
}

/** The same page with another place in it is not loaded again by itself. */
function go(address) {
  const next = new URL(address, location.href);
  const same = next.pathname === location.pathname && next.hash;
  location.assign(next.href);
  if (same) location.reload();
}

function say(form, on) {
  const line = form.querySelector('[data-kept]');
  if (line) line.hidden = !on;
}

const path = (form) => new URL(form.action, location.href).pathname;

function fieldsOf(form, button) {
  const fields = [...new FormData(form).entries()].filter(([name, value]) => name !== 'csrfmiddlewaretoken' && typeof value === 'string');
  if (button && button.name) fields.push([button.name, button.value]);
  return fields;
}

function fill(form, fields) {
  for (const [name, value] of fields) {
    const one = form.elements[name];
    if (one && one.tagName === 'INPUT' && one.type === 'text') one.value = value;
  }
}

/** A page that will be needed where there is no network, before it was opened. */
async function keepToo(address) {
  if (!window.caches || !navigator.serviceWorker || !navigator.serviceWorker.controller) return;
  navigator.serviceWorker.controller.postMessage({ keep: new URL(address, location.href).pathname });
}
