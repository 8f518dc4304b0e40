// The page that checks evidence receipts: scans, reads files, checks on this phone alone, and keeps what it has seen.
export default async function receiptCheck(box, kit) {
  const page = JSON.parse(document.getElementById('receipt-page').textContent);
  const [receipt, store, scan] = await Promise.all([kit.load('receipt'), kit.load('receipt-store'), kit.load('qr-scan')]);
  const find = (name) => box.querySelector(`[data-receipt-${name}]`);
  const form = box.querySelector('form');
  const video = find('video');
  let stop = null;
  let shown = null;
  receipt.fallback(() => kit.load('noble-ed25519'));
  if (!window.crypto || !crypto.subtle) return; // the form asks the server
  box.classList.add('receipt-local');

  find('scan').addEventListener('click', () => (stop ? end() : begin()));
  form.addEventListener('submit', (event) => { event.preventDefault(); submitted(); });
  form.elements.photos.addEventListener('change', () => { if (shown) show(shown.text); });
  addEventListener('pagehide', end);
  list();
  prepare().then(() => { find('ready').hidden = false; }).catch(() => { /* it needs the network then */ });
  if (form.elements.q.value.trim()) submitted();

  /** From now on the page works without network: the worker keeps it, and the tools this browser lacks are kept. */
  async function prepare() {
    await navigator.serviceWorker.register(box.dataset.worker + '?lang=' + document.documentElement.lang, { scope: '/', updateViaCache: 'none' });
    await Promise.all([navigator.serviceWorker.ready, store.keepTools(kit)]);
  }

  async function begin() {
    const gathering = new receipt.Gathering();
    try {
      video.hidden = false;
      stop = await scan.watch(kit, video, (code) => heard(gathering, code));
      say('scanning');
      label('stop');
    } catch (_) {
      end();
      say('no_camera');
    }
  }

  function end() {
    if (stop) stop();
    stop = null;
    video.hidden = true;
    label('scan');
  }

  function heard(gathering, code) {
    const found = gathering.add(code);
    if (!found) return say('other_code');
    if (!found.text) return say('pieces', found.have, found.of);
    end();
    say('');
    if (navigator.vibrate) navigator.vibrate(80);
    form.elements.q.value = '';
    return show(found.text);
  }

  async function submitted() {
    const file = form.elements.file.files[0];
    let words = form.elements.q.value;
    if (file && !words.trim()) words = file.type.startsWith('image/') ? await scan.fromPicture(kit, file).catch(() => '') : await file.text();
    const text = receipt.textOf(words);
    if (text) await show(text);
    else draw('unreadable');
  }

  async function show(text) {
    const found = await receipt.check(text, page.keys);
    shown = found.said ? { text, said: found.said } : null;
    draw(found.state, found.said, await compared(found.said));
    if (found.state === 'signed' && (await store.keep(kit, { text, caseNumber: found.said.caseNumber, number: found.said.number, issuedAt: found.said.issuedAt.getTime() }))) list();
  }

  async function compared(said) {
    if (!said) return [];
    return Promise.all([...form.elements.photos.files].map(async (file) => {
      const sum = await receipt.digest(file);
      return { name: file.name, photo: said.photos.find((one) => one.sha256 === sum) };
    }));
  }

  function draw(state, said, files = []) {
    const result = find('result');
    const tone = state === 'signed' && files.every((one) => one.photo) ? 'ok' : state === 'signed' || state === 'unable' ? 'warn' : 'bad';
    const notice = element('section', 'notice notice-' + tone);
    notice.dataset.answer = state;
    notice.append(mark(tone), lines(page.words[state].map((words) => [words])));
    notice.querySelector('p').className = 'notice-title';
    const parts = [notice];
    if (said) parts.push(facts(said));
    if (files.length) parts.push(checks(files));
    result.replaceChildren(...parts);
    result.focus();
  }

  function facts(said) {
    const card = element('section', 'card');
    const rows = [[page.words.case, said.caseNumber], [page.words.number, said.number], [page.words.sealed, clock(said.issuedAt)], [page.words.place, place(said.cell)]];
    const table = element('dl', 'facts');
    for (const [name, value] of rows) if (value !== '') table.append(element('dt', '', name), element('dd', '', String(value)));
    const photos = element('ol', 'receipt-photos');
    for (const photo of said.photos) {
      const row = element('li');
      row.append(element('strong', '', page.shots[photo.shot]), ' ', element('span', '', fill(page.words.received, clock(photo.receivedAt))), element('code', 'hash', photo.sha256));
      photos.append(row);
    }
    card.append(table, element('h2', '', fill(page.words.photos, said.photos.length)), photos);
    return card;
  }

  function checks(files) {
    const card = element('section', 'card');
    const rows = element('ul', 'checks');
    for (const { name, photo } of files) {
      const row = element('li', 'check check-' + (photo ? 'ok' : 'bad'));
      row.append(mark(photo ? 'ok' : 'bad'), element('span', '', name + ': ' + (photo ? fill(page.words.is, page.shots[photo.shot]) : page.words.is_not)));
      rows.append(row);
    }
    card.append(element('h2', '', page.words.files), rows);
    return card;
  }

  async function list() {
    const rows = await store.all(kit);
    find('kept').hidden = !rows.length;
    find('list').replaceChildren(...rows.map((row) => {
      const button = element('button', 'btn btn-wide', `${row.caseNumber} · ${row.number}`);
      button.type = 'button';
      button.addEventListener('click', () => show(row.text));
      const out = element('a', 'btn btn-quiet', page.words.keep);
      out.href = 'data:text/plain,' + encodeURIComponent(row.text);
      out.download = `receipt-${row.caseNumber}-${row.number}.txt`;
      const item = element('li', 'row');
      item.append(button, out);
      return item;
    }));
  }

  function say(key, ...values) { find('say').textContent = key ? fill(page.words[key], ...values) : ''; }
  function label(key) { find('scan').querySelector('span').textContent = page.words[key]; }
  function mark(tone) { return box.querySelector(`template[data-mark="${tone}"]`).content.cloneNode(true); }
  function place(cell) { return cell ? fill(page.words.cell, ...cell.map((one) => (one / 100).toFixed(2))) : ''; }
}

function fill(words, ...values) { return values.reduce((text, value) => text.replace('%s', value), words); }
function clock(moment) { return moment ? moment.toLocaleString(document.documentElement.lang || 'zh-CN', { timeZone: 'Asia/Shanghai', hour12: false }) : '—'; }
function lines(rows) { const box = element('div'); for (const [words] of rows) box.append(element('p', '', words)); return box; }
function element(name, className = '', words = '') { return Object.assign(document.createElement(name), { className, textContent: words }); }
