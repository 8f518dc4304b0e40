// Photographs that wait on this phone: kept in IndexedDB until the server has acknowledged their own SHA-256.
// A row: {id, url, slot, blob, digest, capturedAt, position, source, device, quality, attempts, dueAt, problem,
// words, upload}; `upload` is the address of what is half sent, see outbox-send.js.
const KEEP = 30 * 86400000;
const WAITS = [1, 2, 5, 10, 20, 40, 60];
const SOON = 500;
const OTHER_TAB = 3000;
const listeners = new Set();
const memory = new Map();
let kit;
let opening;
let timer;
let running = false;
let tabs;

/** Start once a page; `kit` brings libraries and the token. */
export function open(given) {
  if (opening) return opening;
  kit = given;
  opening = kit.load('idb')
    .then(({ openDB }) => openDB('kuaichu-outbox', 1, { upgrade: (db) => db.createObjectStore('photos', { keyPath: 'id' }) }))
    .catch(() => null);
  if (window.BroadcastChannel) {
    tabs = new BroadcastChannel('kuaichu-outbox');
    tabs.onmessage = ({ data }) => listeners.forEach((heard) => heard(data));
  }
  addEventListener('online', () => flush(true));
  document.addEventListener('visibilitychange', () => { if (!document.hidden) flush(true); });
  opening.then(() => { sweep().then(() => flush(true)); });
  return opening;
}

/** Hear every change: called with {id, state, row, answer, problem, percent}; another tab's rows have no blob. */
export function listen(heard) {
  listeners.add(heard);
  return () => listeners.delete(heard);
}

/** Keep a photograph and send it; older unsent ones of the same slot are dropped. */
export async function add(row) {
  for (const old of await all()) if (old.url === row.url) await discard(old);
  const kept = { ...row, attempts: 0, dueAt: row.dueAt || 0, keptAt: Date.now(), problem: '' };
  await put(kept);
  tell({ id: row.id, state: 'kept', row: kept });
  flush();
}

/** Tell more about a photograph that waits for it, and send it. */
export async function amend(id, more) {
  const row = (await all()).find((one) => one.id === id);
  if (!row) return;
  await put({ ...row, ...more, dueAt: 0 });
  flush();
}

/** Everything not yet acknowledged. */
export async function all() {
  const db = await opening;
  return db ? [...await db.getAll('photos')].map((row) => memory.get(row.id) || row) : [...memory.values()];
}

/** Send what is due; with `now`, what waits for a later try as well. One tab sends at a time. */
export async function flush(now = false) {
  clearTimeout(timer);
  if (running || navigator.onLine === false) return;
  running = true;
  let mine = true;
  try {
    if (navigator.locks) mine = await navigator.locks.request('kuaichu-outbox', { ifAvailable: true }, (lock) => !!lock && sendDue(now));
    else await sendDue(now);
  } finally {
    running = false;
    plan(mine === false ? OTHER_TAB : SOON);
  }
}

/** Not to be sent: of a report the server does not know yet (drafts.js), or of the rehearsal. */
export function held(row) {
  const [, part = ''] = /\/p\/([0-9a-f-]{36})\//.exec(row.url) || [];
  try {
    return part.startsWith('00000000-0000-0000') || !!localStorage.getItem('unopened:' + part);
  } catch (_) {
    return false;
  }
}

/** Forget the photographs for which `test` says so. */
export async function drop(test) {
  for (const row of await all()) if (test(row)) { await discard(row); tell({ id: row.id, state: 'dropped', row }); }
}

async function sendDue(now) {
  for (const row of await all()) {
    if (row.problem === 'refused' || held(row) || (!now && row.dueAt > Date.now())) continue;
    await send(row);
  }
  return true;
}

async function send(row) {
  tell({ id: row.id, state: 'sending', row });
  let sent = row;
  const hands = {
    csrf: kit.csrf,
    // how far it is must outlive this tab; a row that was replaced meanwhile stays gone
    async keep(more) { sent = { ...sent, ...more }; if (await has(row.id)) await put(sent); },
    progress(percent) { tell({ id: row.id, state: 'sending', row, percent }); },
  };
  const { deliver } = await kit.load('outbox-send');
  const outcome = await deliver(row, hands).catch(() => ({ state: 'waiting' }));
  if (!(await has(row.id))) return undefined;
  if (outcome.state === 'sent') {
    await remove(row.id);
    return tell({ id: row.id, state: 'sent', row, answer: outcome.answer });
  }
  if (outcome.state !== 'refused') return later(sent, outcome.state);
  await put({ ...sent, problem: 'refused', words: outcome.problem });
  return tell({ id: row.id, state: 'refused', row, problem: outcome.problem });
}

async function later(row, problem) {
  const seconds = WAITS[Math.min(row.attempts, WAITS.length - 1)] * (0.75 + Math.random() / 2);
  await put({ ...row, attempts: row.attempts + 1, dueAt: Date.now() + seconds * 1000, problem });
  tell({ id: row.id, state: problem, row });
}

async function plan(least) {
  const due = (await all()).filter((row) => row.problem !== 'refused' && !held(row)).map((row) => row.dueAt);
  clearTimeout(timer);
  if (due.length) timer = setTimeout(() => flush(), Math.max(least, Math.min(...due) - Date.now()));
}

async function has(id) {
  const db = await opening;
  return memory.has(id) || (!!db && !!(await db.getKey('photos', id)));
}

async function put(row) {
  const db = await opening;
  memory.set(row.id, row);
  if (!db) return;
  try {
    await db.put('photos', row);
    memory.delete(row.id);
  } catch (_) { /* storage full or forbidden: the copy in memory still goes out */ }
}

async function remove(id) {
  memory.delete(id);
  const db = await opening;
  if (db) await db.delete('photos', id);
}

/** Forget a photograph, here and what of it is half sent. */
async function discard(row) {
  await remove(row.id);
  if (row.upload) (await kit.load('outbox-send')).giveUp(row, kit.csrf);
}

async function sweep() {
  for (const row of await all()) if (Date.now() - row.keptAt > KEEP) await remove(row.id);
}

function tell(news) {
  for (const heard of listeners) heard(news);
  const { blob, ...bare } = news.row;
  if (tabs) tabs.postMessage({ ...news, row: bare });
}
