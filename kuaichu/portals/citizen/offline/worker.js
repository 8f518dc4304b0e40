// The service worker: keeps the blank step pages and the files of the site on the phone, and serves them while
// there is no network. It never keeps a page with anybody's data: what it keeps it fetched without cookies.
const SHELL = /*SHELL*/ null;
const KEEP = 'kuaichu-' + SHELL.version;
const TRIES = 5;
const LANES = 2; // the page itself needs the line as well
const KEPT = '<template id="kept"></template>';
const SEEN = 'field-seen';
const SEEN_HOURS = 12;
const FIELD = /^\/field(?:\/|$)/;
const PAPER = /^\/[vV]\/[A-Za-z2-7]{60,900}\/?$/; // the address in a paper's QR code: without network this phone checks it
const PART = /^\/p\/([0-9a-f-]{36})(?:\/(.*))?$/;

self.addEventListener('install', (event) => event.waitUntil(keepAll().then(() => self.skipWaiting())));
self.addEventListener('activate', (event) => event.waitUntil(tidy().then(() => self.clients.claim())));
self.addEventListener('fetch', (event) => {
  const url = new URL(event.request.url);
  if (url.origin !== location.origin) return;
  const { request } = event;
  if (request.mode === 'navigate') {
    if (/^\/accounts\/log/.test(url.pathname)) event.waitUntil(caches.delete(SEEN)); // signed out, or about to be another
    if (request.method === 'GET') event.respondWith(FIELD.test(url.pathname) ? seen(request, url) : page(request, url));
    else if (request.method === 'POST' && PART.test(url.pathname)) event.respondWith(posted(request, url));
  } else if (request.method === 'GET' && url.pathname.startsWith('/static/')) {
    event.respondWith(file(request));
  }
});

// --- keeping

async function keepAll() {
  const kept = await caches.open(KEEP);
  const wanted = [...SHELL.pages, ...SHELL.files, ...SHELL.front];
  const lane = async () => {
    for (let path = wanted.shift(); path; path = wanted.shift()) {
      if (!(await kept.match(path))) await keepOne(kept, path);
    }
  };
  await Promise.all(Array.from({ length: LANES }, lane));
}

/** Fetch as nobody: no cookie, the reader's language. A weak line gets several tries. */
async function keepOne(kept, path) {
  const asset = path.startsWith('/static/');
  for (let turn = 1; ; turn++) {
    try {
      const old = asset && (await caches.match(path));
      const answer = old || await fetch(path, {
        credentials: 'omit', cache: asset ? 'default' : 'no-store', headers: { 'Accept-Language': SHELL.language },
      });
      if (!answer.ok || answer.redirected) throw new Error(path + ' ' + answer.status);
      return await kept.put(path, answer.clone());
    } catch (problem) {
      if (turn === TRIES) throw problem;
      await new Promise((done) => setTimeout(done, 500 * 2 ** turn));
    }
  }
}

/** The version before stays: pages that are open may still load a file of it. */
async function tidy() {
  const names = (await caches.keys()).filter((name) => name.startsWith('kuaichu-') && name !== KEEP);
  for (const name of names.slice(0, -1)) await caches.delete(name);
}

async function file(request) {
  return (await caches.match(request)) || fetch(request);
}

// --- pages

async function page(request, url) {
  const part = PART.exec(url.pathname);
  const blank = await standIn(url, part);
  if (blank && (navigator.onLine === false || blank.first)) return blank.give();
  // Where nothing but the network can answer, it is waited for; where this phone has the page and what was
  // entered, a slow line must not hold anybody up. A first page is shown at once and made fresh by its script.
  const known = part ? blank && blank.asked && await draft(part[1]) : blank;
  const answer = await quick(request, !known ? 0 : part ? SHELL.patience : url.search ? 0 : SHELL.hurry[url.pathname] || 0);
  if (answer && (answer.status < 502 || !blank)) return answer;
  return blank ? blank.give() : answer || Response.error();
}

/** What this phone could show instead: {asked, first, give()}, or null. */
async function standIn(url, part) {
  const kept = await caches.open(KEEP);
  if (!part) {
    const path = PAPER.test(url.pathname) ? '/v/offline' : url.pathname;
    const front = SHELL.front.includes(path) && await kept.match(path);
    return front ? { asked: true, first: false, give: () => fitted(front, SHELL.nobody, KEPT) } : null;
  }
  const [, id, rest = ''] = part;
  const own = id === SHELL.nobody || (await draft(id))?.opened === false;
  if (SHELL.aliases[rest]) {
    const to = '/p/' + id + '/' + SHELL.aliases[rest];
    return { asked: true, first: own, give: () => Response.redirect(to) };
  }
  const asked = SHELL.kept.includes(rest);
  const path = '/p/' + SHELL.nobody + '/' + (asked ? rest : 'offline');
  const found = await kept.match(path);
  return found ? { asked, first: own, give: () => fitted(found, id) } : null;
}

/** The blank page with the id of the draft in all its addresses. */
async function fitted(found, id, more = '') {
  const text = (await found.text()).replaceAll(SHELL.nobody, id).replace('</body>', () => more + '</body>');
  return new Response(text, { status: 200, headers: { 'Content-Type': 'text/html; charset=utf-8', ...policy(found) } });
}

function policy(found) {
  const names = ['Content-Security-Policy', 'Permissions-Policy', 'Referrer-Policy', 'X-Frame-Options', 'X-Content-Type-Options'];
  return Object.fromEntries(names.filter((name) => found.headers.has(name)).map((name) => [name, found.headers.get(name)]));
}

/** The network's answer, or null when there is none in time. */
function quick(request, patience) {
  const asked = fetch(request).catch(() => null);
  if (!patience) return asked;
  return Promise.race([asked, new Promise((done) => setTimeout(() => done(null), patience))]);
}

/** A form that went out before the page's script was awake: if it does not arrive, the script takes it over. */
async function posted(request, url) {
  const copy = request.clone();
  const answer = await fetch(request).catch(() => null);
  if (answer && answer.status < 502) return answer;
  const blank = await standIn(url, PART.exec(url.pathname));
  if (!blank || !blank.asked) return blank ? blank.give() : answer || Response.error();
  const told = [...(await copy.formData()).entries()].filter(([name, value]) => name !== 'csrfmiddlewaretoken' && typeof value === 'string');
  const json = JSON.stringify(told).replace(/[<>&]/g, (sign) => '\\u00' + sign.charCodeAt(0).toString(16));
  const kept = await caches.open(KEEP);
  const [, id, rest = ''] = PART.exec(url.pathname);
  const found = await kept.match('/p/' + SHELL.nobody + '/' + rest);
  return fitted(found, id, '<script type="application/json" id="unsent">' + json + '</script>');
}

/** The draft's own record, without which nothing is known of it here; opening must not make the store. */
function draft(id) {
  return new Promise((done) => {
    const asking = indexedDB.open('kuaichu-drafts');
    asking.onupgradeneeded = () => asking.transaction.abort();
    asking.onerror = () => done(null);
    asking.onsuccess = () => {
      const db = asking.result;
      try {
        const get = db.transaction('drafts').objectStore('drafts').get(id);
        get.onsuccess = () => { db.close(); done(get.result || null); };
        get.onerror = () => { db.close(); done(null); };
      } catch (_) { db.close(); done(null); }
    };
  });
}

// --- pages of staff who go to the scene: the last seen ones, without what is private, until they sign out

self.addEventListener('message', (event) => {
  const { keep } = event.data || {};
  if (typeof keep === 'string' && FIELD.test(keep)) event.waitUntil(fetch(keep).then((answer) => answer.redirected || remember(keep, answer)).catch(() => {}));
});

async function seen(request, url) {
  const answer = await fetch(request).catch(() => null);
  if (answer && answer.status < 502) {
    if (answer.ok) remember(url.pathname, answer.clone());
    else if (url.pathname === '/field/') caches.delete(SEEN); // sent away: signed out, or no longer on this work
    return answer;
  }
  const kept = await caches.open(SEEN);
  const found = (await kept.match(url.pathname)) || (await kept.match('/field/'));
  if (found && Date.now() - Number(found.headers.get('X-Seen')) < SEEN_HOURS * 3600000) return found;
  await caches.delete(SEEN);
  return answer || Response.error();
}

async function remember(path, answer) {
  if (!/text\/html/.test(answer.headers.get('Content-Type') || '')) return;
  const text = (await answer.text()).replace(/<!--private-->[^]*?<!--\/private-->/g, '').replace('</body>', '<template id="seen"></template></body>');
  const headers = { 'Content-Type': 'text/html; charset=utf-8', 'X-Seen': String(Date.now()), ...policy(answer) };
  await (await caches.open(SEEN)).put(path, new Response(text, { headers }));
}
