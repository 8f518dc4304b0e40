// Reports on this phone: what was entered is kept here first, then sent in order, each form once.
// A draft: {id, secret, opened, created, seen, pages: {page: {fields, at}}, done: [step], taps, chars}.
// A form that waits: {n, key, draft, page, step, url, body, at, refused}; `key` makes it take effect once.
const NOBODY = '00000000-0000-0000-0000-000000000000';
const WAITS = [1, 2, 4, 8, 15, 30];
const listeners = new Set();
let kit;
let opening;
let timer;
let misses = 0;
let who = '';

/** Start once a page; resolves to whether this browser can keep anything at all. */
export function open(given) {
  if (opening) return opening;
  kit = given;
  opening = kit.load('idb')
    .then(({ openDB }) => openDB('kuaichu-drafts', 1, {
      upgrade(db) {
        db.createObjectStore('drafts', { keyPath: 'id' });
        db.createObjectStore('forms', { keyPath: 'n', autoIncrement: true }).createIndex('draft', 'draft');
      },
    }))
    .catch(() => null);
  addEventListener('online', () => flush());
  addEventListener('pageshow', () => flush());
  document.addEventListener('visibilitychange', () => { if (!document.hidden) flush(); });
  return opening.then((db) => !!db);
}

/** Hear every change of what waits. */
export function listen(heard) {
  listeners.add(heard);
  return () => listeners.delete(heard);
}

/** Whether this is the rehearsal, which is never sent. */
export const rehearsal = (id) => id === NOBODY;

/** Whether these are forms of staff at a scene (fieldseen.js): they have no draft of a report. */
const field = (id) => id.startsWith('field:');

/** Who of them is signed in on this page; what another one has noted waits until that one is back. */
export const as = (id) => { who = id; };
const others = (id) => field(id) && !(who && id.startsWith('field:' + who + ':'));

// --- drafts

/** A new report, or the one just begun in which nothing was entered: two taps are one report. */
export async function begin() {
  const empty = (await all()).find((one) => one.secret && !Object.keys(one.pages).length && Date.now() - one.created < 600000);
  if (empty) return empty;
  if (navigator.storage && navigator.storage.persist) navigator.storage.persist().catch(() => {});
  const { newId } = await kit.load('picture');
  const secret = btoa(String.fromCharCode(...crypto.getRandomValues(new Uint8Array(24)))).replace(/\+/g, '-').replace(/\//g, '_');
  return put(fresh(newId(), { secret, opened: false }));
}

function fresh(id, more = {}) {
  return { id, secret: '', opened: true, created: Date.now(), pages: {}, done: [], taps: 0, chars: 0, ...more };
}

/** All drafts, newest first. */
export async function all() {
  const db = await opening;
  const found = db ? await db.getAll('drafts') : [];
  return found.filter((one) => !rehearsal(one.id) && !field(one.id)).sort((a, b) => b.created - a.created);
}

/** One draft; for a part that this phone only visits, an empty one. */
export async function draft(id) {
  const db = await opening;
  return (db && await db.get('drafts', id)) || fresh(id);
}

/** Change a draft in one transaction, so that two tabs do not undo each other. */
export async function change(id, how) {
  const db = await opening;
  if (!db) return how(fresh(id)) || null;
  const work = db.transaction('drafts', 'readwrite', { durability: 'strict' });
  const kept = (await work.store.get(id)) || fresh(id);
  how(kept);
  await work.store.put(kept);
  await work.done;
  hold(kept);
  return kept;
}

async function put(row) {
  const db = await opening;
  await db.put('drafts', row);
  hold(row);
  return row;
}

/** Photographs of a report the server does not know yet must wait; their store looks here. */
function hold(row) {
  try {
    if (row.opened) localStorage.removeItem('unopened:' + row.id);
    else localStorage.setItem('unopened:' + row.id, '1');
  } catch (_) { /* then the server refuses them for now */ }
}

/** Keep what is being entered on a page, before it is sent. */
export const type = (id, page, fields) => change(id, (one) => { one.pages[page] = { fields, at: Date.now() }; });

/** Forget a draft, its forms and its photographs on this phone. */
export async function forget(id) {
  const db = await opening;
  if (!db) return;
  for (const form of await forms(id)) await db.delete('forms', form.n);
  await db.delete('drafts', id);
  try { localStorage.removeItem('unopened:' + id); } catch (_) { /* nothing to remove */ }
  const photos = await kit.load('outbox-store');
  await photos.open(kit);
  await photos.drop((row) => row.url.includes('/p/' + id + '/'));
  tell();
}

// --- forms

/** What waits to be sent, in order; of one draft or of all. */
export async function forms(id) {
  const db = await opening;
  if (!db) return [];
  return id ? db.getAllFromIndex('forms', 'draft', id) : db.getAll('forms');
}

/** Keep a form and send it: {state: sent, next}, {state: refused, html or words}, or {state: waiting}. */
export async function submit(told) {
  const { newId } = await kit.load('picture');
  const form = { ...told, key: newId(), at: Date.now(), refused: '' };
  const db = await opening;
  if (db) form.n = await keepForm(db, form);
  if (rehearsal(told.draft)) return { state: 'waiting' };
  return db ? flush(form.n) : send(form);
}

async function keepForm(db, form) {
  const work = db.transaction(['drafts', 'forms'], 'readwrite', { durability: 'strict' });
  const row = (await work.objectStore('drafts').get(form.draft)) || fresh(form.draft);
  row.pages[form.page] = { fields: form.fields, at: form.at };
  row.last = form.next;
  if (form.done && !row.done.includes(form.step)) row.done.push(form.step);
  await work.objectStore('drafts').put(row);
  let n = 0;
  if (!rehearsal(form.draft)) {
    // what the server refused before on this page is replaced by what is entered now
    for (let at = await work.objectStore('forms').index('draft').openCursor(form.draft); at; at = await at.continue()) {
      if (at.value.page === form.page && at.value.refused) await at.delete();
    }
    n = await work.objectStore('forms').add(form);
  }
  await work.done;
  tell();
  return n;
}

/** Send everything that waits, one after the other, from one tab at a time; the outcome of form `n`. */
export async function flush(n) {
  clearTimeout(timer);
  if (navigator.onLine === false) return { state: 'waiting' };
  const outcome = navigator.locks
    ? await navigator.locks.request('kuaichu-drafts', () => sendAll(n))
    : await (flush.last = Promise.resolve(flush.last).catch(() => {}).then(() => sendAll(n)));
  const left = (await forms()).filter((form) => !form.refused && !others(form.draft)).length + (await all()).filter((one) => !one.opened).length;
  if (left) timer = setTimeout(() => flush(), WAITS[Math.min(misses, WAITS.length - 1)] * 1000 * (0.75 + Math.random() / 2));
  tell();
  return outcome;
}

async function sendAll(n) {
  let outcome = null;
  const stuck = new Set();
  for (const one of await all()) if (!one.opened && !(await openOnServer(one))) stuck.add(one.id);
  for (const form of await forms()) {
    if (form.refused || stuck.has(form.draft) || others(form.draft)) continue;
    const answer = await send(form);
    if (form.n === n) outcome = answer;
    if (answer.state === 'waiting') stuck.add(form.draft);
    else misses = 0;
  }
  if (stuck.size) misses += 1;
  return outcome;
}

/** Open a part again whose cookie is gone (a browser that died forgets the newest ones); whether it is open. */
export async function reopen(id) {
  const one = await draft(id);
  return !!one.secret && openOnServer(one);
}

/** Let the server know a draft; the same id and secret are the same case, however often. */
async function openOnServer(one) {
  const body = new URLSearchParams({ draft: one.id, secret: one.secret, tapped_at: new Date(one.created).toISOString() });
  const answer = await post('/start', body.toString(), '');
  if (!answer || answer.status !== 200) return false;
  await change(one.id, (row) => { row.opened = true; row.locked = false; row.number = answer.json.number; });
  const photos = await kit.load('outbox-store');
  photos.open(kit).then(() => photos.flush(true));
  return true;
}

async function send(form, again = false) {
  const answer = await post(form.url, form.body, form.key);
  if (!answer || answer.status >= 500 || [408, 425, 429].includes(answer.status)) return { state: 'waiting' };
  if (answer.status === 200 && answer.json) {
    await gone(form);
    return { state: 'sent', next: answer.json.next };
  }
  if (answer.json && ['in_progress', 'other_person'].includes(answer.json.code)) return { state: 'waiting' };
  if (answer.status !== 404 || field(form.draft)) return refused(form, answer.json ? { words: answer.json.title || '' } : { html: answer.text });
  // The cookie is gone: as long as the phone is not proven, the secret opens the part again.
  const one = await draft(form.draft);
  if (!again && one.secret && await openOnServer(one)) return send(form, true);
  await change(form.draft, (row) => { row.locked = true; });
  return { state: 'waiting' };
}

async function refused(form, told) {
  const db = await opening;
  if (db && form.n) await db.put('forms', { ...form, refused: told.words || 'page' });
  return { state: 'refused', ...told };
}

async function gone(form) {
  const db = await opening;
  if (!db || !form.n) return;
  const work = db.transaction(['drafts', 'forms'], 'readwrite');
  await work.objectStore('forms').delete(form.n);
  const row = await work.objectStore('drafts').get(form.draft);
  if (row && row.pages[form.page] && row.pages[form.page].at === form.at) row.pages[form.page].sent = true;
  if (row) await work.objectStore('drafts').put(row);
  await work.done;
}

/** Begin the rehearsal anew. */
export async function rehearse() {
  await forget(NOBODY);
  await put(fresh(NOBODY));
}

async function post(url, body, key) {
  const { post: send } = await kit.load('posting');
  return send(kit, url, body, key);
}

function tell() {
  for (const heard of listeners) heard();
}
