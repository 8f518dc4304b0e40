// Keeps the pages on this phone (service worker), sends what waits, and says what still does. After the page.
export default async function shell(banner, kit) {
  await new Promise((done) => (document.readyState === 'complete' ? done() : addEventListener('load', done)));
  await new Promise((done) => (window.requestIdleCallback || ((go) => setTimeout(go, 800)))(done));
  if ('serviceWorker' in navigator && banner.dataset.worker) {
    const address = banner.dataset.worker + '?lang=' + document.documentElement.lang;
    navigator.serviceWorker.register(address, { scope: '/', updateViaCache: 'none' }).catch(() => { /* works as before */ });
  }
  const store = await kit.load('drafts');
  const keeps = await store.open(kit);
  const say = banner.querySelector('[data-shell-say]');
  const link = banner.querySelector('a');
  const page = JSON.parse(document.getElementById('keep-data')?.textContent || 'null');
  const refresh = async () => {
    const forms = await store.forms();
    const refused = forms.find((form) => form.refused);
    const locked = (await store.all()).some((one) => one.locked);
    const waiting = forms.filter((form) => !form.refused).length;
    const lines = [];
    if (page && page.blank && !store.rehearsal(page.party)) lines.push(kit.text('keep.blank'));
    if (!keeps && page) lines.push(kit.text('keep.nothing'));
    if (refused) lines.push(kit.text('keep.refused'));
    if (locked && waiting) lines.push(kit.text('keep.locked'));
    else if (waiting) lines.push(kit.text('keep.count', waiting));
    link.hidden = !refused || location.pathname === refused.url;
    if (refused) link.href = refused.url;
    banner.hidden = !lines.length;
    if (say.textContent !== lines.join(' ')) say.textContent = lines.join(' ');
  };
  store.listen(refresh);
  const photos = await kit.load('outbox-store');
  photos.listen(({ state, row }) => {
    const [, id] = /\/p\/([0-9a-f-]{36})\//.exec(row.url) || [];
    if (id && state === 'sent') store.change(id, (one) => { (one.shots ||= {})[row.slot] = 'sent'; });
  });
  const part = (/^\/p\/([0-9a-f-]{36})/.exec(location.pathname) || [])[1];
  if (part && document.querySelector('[data-elsewhere]') && await store.reopen(part)) { location.reload(); return; }
  const before = part ? (await store.forms(part)).length : 0;
  refresh();
  await store.flush();
  refresh();
  // A page that was made before the server knew what waited here shows an old state: once more.
  if (before && !(await store.forms(part)).length && !page) location.reload();
}
