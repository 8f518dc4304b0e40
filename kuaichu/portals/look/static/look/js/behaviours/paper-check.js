// The page that checks the QR code of a paper on this phone alone, after one visit also without network.
export default async function paperCheck(box, kit) {
  const page = JSON.parse(document.getElementById('offline-page').textContent);
  const [receipt, store, scan, code] = await Promise.all(['receipt', 'receipt-store', 'qr-scan', 'paper-code'].map(kit.load));
  const find = (name) => box.querySelector(`[data-paper-${name}]`);
  const form = box.querySelector('form');
  const video = find('video');
  let stop = null;
  receipt.fallback(() => kit.load('noble-ed25519'));
  if (!window.crypto || !crypto.subtle) return; // the form asks the server

  find('scan').addEventListener('click', () => (stop ? end() : begin()));
  form.addEventListener('submit', (event) => { event.preventDefault(); submitted(); });
  addEventListener('pagehide', end);
  prepare().then(() => { find('ready').hidden = false; }).catch(() => { /* it needs the network then */ });
  if (/^\/v\/[a-z2-7]{60,}\/?$/i.test(location.pathname)) show(location.href.replace(/\/$/, '')); // a code was opened without network

  async function prepare() {
    await navigator.serviceWorker.register(box.dataset.worker + '?lang=' + document.documentElement.lang, { scope: '/', updateViaCache: 'none' });
    await Promise.all([navigator.serviceWorker.ready, store.keepTools(kit)]);
  }

  async function begin() {
    try {
      video.hidden = false;
      stop = await scan.watch(kit, video, (text) => { if (code.textOf(text)) { end(); show(text); } else say('other_code'); });
      say('scanning');
    } catch (_) {
      end();
      say('no_camera');
    }
  }

  function end() {
    if (stop) stop();
    stop = null;
    video.hidden = true;
  }

  async function submitted() {
    const file = form.elements.file.files[0];
    const words = form.elements.q.value;
    await show(file && !words.trim() ? await scan.fromPicture(kit, file).catch(() => '') : words);
  }

  async function show(words) {
    say('');
    const text = code.textOf(words);
    const found = text ? await receipt.judged(text, page.keys, code.statement(receipt.hex)) : { state: 'unreadable' };
    const tone = found.state === 'signed' ? 'ok' : found.state === 'unable' ? 'warn' : 'bad';
    const notice = make('section', 'notice notice-' + tone);
    notice.dataset.answer = found.state;
    const [title, meaning] = page.words[found.state];
    const lines = make('div');
    lines.append(make('p', 'notice-title', title), make('p', '', meaning));
    notice.append(box.querySelector(`template[data-mark="${tone}"]`).content.cloneNode(true), lines);
    find('result').replaceChildren(notice, ...(found.said ? [facts(found.said)] : []));
    find('result').focus();
  }

  function facts(said) {
    const card = make('section', 'card');
    const rows = make('dl', 'facts');
    const told = [
      [page.words.kind, page.kinds[said.kind] || said.kind], [page.words.number, said.number], [page.words.date, said.issuedAt.toLocaleString(document.documentElement.lang || 'zh-CN', { timeZone: 'Asia/Shanghai', hour12: false })],
      ...said.plates.map((plate, at) => [page.parties[at] || '', [plate, page.grades[said.grades[at]]].filter(Boolean).join(' · ')]),
      [page.words.facts, said.factsHash], [page.words.leaf, String(said.leaf)],
    ];
    for (const [name, value] of told) rows.append(make('dt', '', name), make('dd', '', value));
    card.append(rows, make('p', 'hint', page.words.compare));
    return card;
  }

  function say(key) { find('say').textContent = key ? page.words[key] : ''; }
}

function make(name, className = '', words = '') { return Object.assign(document.createElement(name), { className, textContent: words }); }
