// Photographs that wait on this phone: kept in IndexedDB until the server has acknowledged them.
// A row: {id, url, slot, blob, digest, capturedAt, position, source, attempts, dueAt, problem}.
const KEEP = 30 * 86400000;
const WAITS = [1, 2, 5, 10, 20, 40, 60];
const listeners = new Set();
const memory = new Map();
let kit;
let opening;
let timer;
let running = false;

/** Start once a page; `kit` brings libraries and the token. */
export function open(given) {
  if (opening) return opening;
  kit = given;
  opening = kit.load('idb')
    .then(({ openDB }) => openDB('kuaichu-outbox', 1, { upgrade: (db) => db.createObjectStore('photos', { keyPath: 'id' }) }))
    .catch(() => null);
  addEventListener('online', () => flush(true));
  document.addEventListener('visibilitychange', () => { if (!document.hidden) flush(true); });
  opening.then(() => { sweep().then(() => flush(true)); });
  return opening;
}

/** Hear every change: called with {id, state, row, answer, problem}. */
export function listen(heard) {
  listeners.add(heard);
  return () => listeners.delete(heard);
}

/** Keep a photograph and send it; older unsent ones of the same slot are dropped. */
export async function add(row) {
  for (const old of await all()) if (old.url === row.url) await remove(old.id);
  const kept = { ...row, attempts: 0, dueAt: 0, keptAt: Date.now(), problem: '' };
  await put(kept);
  tell({ id: row.id, state: 'kept', row: kept });
  flush();
}

/** Everything not yet acknowledged. */
export async function all() {
  const db = await opening;
  return db ? [...await db.getAll('photos')].map((row) => memory.get(row.id) || row) : [...memory.values()];
}

/** Send what is due; with `now`, what waits for a later try as well. */
export async function flush(now = false) {
  clearTimeout(timer);
  if (running || navigator.onLine === false) return;
  running = true;
  try {
    for (const row of await all()) {
      if (row.problem === 'refused' || (!now && row.dueAt > Date.now())) continue;
      await send(row);
    }
  } finally {
    running = false;
    plan();
  }
}

async function send(row) {
  tell({ id: row.id, state: 'sending', row });
  let response;
  try {
    response = await fetch(row.url + '/' + row.id, {
      method: 'PUT', body: row.blob, credentials: 'same-origin', redirect: 'error', headers: headers(row),
    });
  } catch (_) {
    return later(row, 'waiting');
  }
  const answer = await response.json().catch(() => ({}));
  if (response.ok) {
    await remove(row.id);
    return tell({ id: row.id, state: 'sent', row, answer });
  }
  if (response.status === 401 || response.status === 403) return later(row, 'session');
  if (response.status >= 500 || response.status === 408 || response.status === 425 || response.status === 429) return later(row, 'waiting');
  await put({ ...row, problem: 'refused' });
  return tell({ id: row.id, state: 'refused', row, problem: answer.detail || answer.title || '' });
}

function headers(row) {
  const sent = {
    'Content-Type': row.blob.type || 'image/jpeg', 'X-Content-SHA256': row.digest,
    'X-Captured-At': row.capturedAt, 'X-Source': row.source, 'X-CSRFToken': kit.csrf,
  };
  if (row.position) sent['X-Position'] = row.position;
  return sent;
}

async function later(row, problem) {
  const seconds = WAITS[Math.min(row.attempts, WAITS.length - 1)] * (0.75 + Math.random() / 2);
  await put({ ...row, attempts: row.attempts + 1, dueAt: Date.now() + seconds * 1000, problem });
  tell({ id: row.id, state: problem, row });
}

async function plan() {
  const due = (await all()).filter((row) => row.problem !== 'refused').map((row) => row.dueAt);
  if (due.length) timer = setTimeout(() => flush(), Math.max(500, Math.min(...due) - Date.now()));
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

async function sweep() {
  for (const row of await all()) if (Date.now() - row.keptAt > KEEP) await remove(row.id);
}

function tell(news) {
  for (const heard of listeners) heard(news);
}
