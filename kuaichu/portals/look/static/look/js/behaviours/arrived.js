// What still waits on this phone: each photograph, why it waits, how far it is, and a button to send it now.
const REASONS = { waiting: 'photo.waiting', session: 'photo.session', sending: 'photo.sending', refused: 'photo.refused' };

export default async function arrived(box, kit) {
  const store = await kit.load('outbox-store');
  await store.open(kit);
  const part = (name) => box.querySelector(`[data-arrived-${name}]`);
  const names = JSON.parse(document.getElementById('arrived-names').textContent);
  const shown = new Map();
  const when = new Intl.DateTimeFormat(document.documentElement.lang, { dateStyle: 'short', timeStyle: 'medium', timeZone: 'Asia/Shanghai' });
  const own = (row) => row.url.includes(box.dataset.part + '/');

  async function refresh() {
    const rows = await store.all();
    const mine = rows.filter(own);
    for (const [id, item] of shown) if (!mine.some((row) => row.id === id)) { item.remove(); shown.delete(id); }
    for (const row of mine) if (!shown.has(row.id)) shown.set(row.id, drawn(row));
    for (const row of mine) say(row, row.problem);
    part('list').replaceChildren(...mine.map((row) => shown.get(row.id)));
    part('none').hidden = !!mine.length;
    part('send').hidden = !mine.some((row) => row.problem !== 'refused');
    part('others').hidden = mine.length === rows.length;
    part('others').textContent = part('others').dataset.words.replace('%n', rows.length - mine.length);
  }

  function drawn(row) {
    const item = part('row').content.firstElementChild.cloneNode(true);
    const image = item.querySelector('img');
    const url = URL.createObjectURL(row.blob);
    image.onload = () => URL.revokeObjectURL(url);
    image.src = url;
    item.querySelector('[data-name]').textContent = names[row.slot] || names.other;
    item.querySelector('[data-kept]').textContent = when.format(new Date(row.capturedAt || row.keptAt));
    item.querySelector('[data-size]').textContent = `${Math.max(1, Math.round(row.blob.size / 1000))} kB`;
    item.querySelector('[data-digest]').textContent = row.digest.slice(0, 12) + '…';
    item.querySelector('[data-drop]').addEventListener('click', () => store.drop((one) => one.id === row.id));
    return item;
  }

  function say(row, state, percent) {
    const item = shown.get(row.id);
    if (!item) return;
    const words = store.held(row) ? kit.text('keep.unopened') : (state === 'refused' && row.words) || kit.text(REASONS[state] || 'photo.saved');
    const line = item.querySelector('[data-state]');
    if (line.textContent !== words) line.textContent = words;
    const bar = item.querySelector('progress');
    bar.hidden = percent === undefined;
    if (percent !== undefined) bar.value = percent;
    item.querySelector('[data-drop]').hidden = state !== 'refused';
  }

  store.listen((news) => {
    if (news.state === 'sending' && shown.has(news.id)) say(news.row, 'sending', news.percent);
    // what has just arrived stands in the server's list, which is drawn anew
    else if (news.state === 'sent' && own(news.row)) refresh().then(() => { if (!shown.size) location.reload(); });
    else refresh();
  });
  part('send').addEventListener('click', () => {
    if (navigator.onLine === false) kit.toast(kit.text('toast.offline'), 'bad');
    store.flush(true);
  });
  await refresh();
}
