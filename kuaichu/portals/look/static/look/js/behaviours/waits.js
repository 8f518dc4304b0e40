// Stands for a page that needs the network: shows what is kept, sends it, and goes on when the server answers.
const EVERY = 3000;

export default async function waits(box, kit) {
  const id = box.dataset.party;
  const store = await kit.load('drafts');
  await store.open(kit);
  if (store.rehearsal(id)) { location.replace('/try/end'); return; }
  const photos = await kit.load('outbox-store');
  await photos.open(kit);
  const show = async () => {
    const forms = (await store.forms(id)).length;
    const shots = (await photos.all()).filter((row) => row.url.includes('/p/' + id + '/')).length;
    box.querySelector('[data-forms]').textContent = forms;
    box.querySelector('[data-photos]').textContent = shots;
    const draft = await store.draft(id);
    const on = box.querySelector('[data-on]');
    on.href = '/p/' + id + '/' + (draft.last || 'offline');
    on.hidden = !draft.last || on.pathname === location.pathname;
    for (const item of box.querySelectorAll('[data-page]')) item.hidden = !draft.pages[item.dataset.page];
  };
  store.listen(show);
  photos.listen(show);
  show();
  const ask = async () => {
    if (!box.isConnected) return;
    try {
      const answer = document.hidden ? null : await fetch('/sw.js', { method: 'HEAD', cache: 'no-store', redirect: 'error' });
      if (answer && answer.ok) {
        await store.flush();
        const left = (await store.forms(id)).filter((form) => !form.refused).length;
        if (!left && (await store.draft(id)).opened) { location.reload(); return; }
      }
    } catch (_) { /* still no network */ }
    setTimeout(ask, EVERY);
  };
  addEventListener('online', ask);
  ask();
}
