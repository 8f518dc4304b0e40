// The banner of a phone without network, and of photographs that still wait on it.
export default async function outbox(banner, kit) {
  const say = banner.querySelector('[data-outbox-say]');
  let store = null;
  const refresh = async () => {
    const waiting = store ? (await store.all()).filter((row) => row.problem !== 'refused').length : 0;
    const lines = [];
    if (navigator.onLine === false) lines.push(kit.text('outbox.offline'));
    if (waiting) lines.push(kit.text('outbox.waiting', waiting));
    banner.hidden = !lines.length;
    const said = lines.join(' ');
    if (say.textContent !== said) say.textContent = said;
  };
  addEventListener('online', refresh);
  addEventListener('offline', refresh);
  refresh();
  // The store costs a download: wait until the page itself is done.
  await new Promise((done) => (window.requestIdleCallback || ((go) => setTimeout(go, 800)))(done));
  store = await kit.load('outbox-store');
  await store.open(kit);
  store.listen(refresh);
  refresh();
}
