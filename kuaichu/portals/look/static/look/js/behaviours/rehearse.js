// The rehearsal: begins anew from its first page, and at its end says how long it took. Nothing is ever sent.
export default async function rehearse(box, kit) {
  const store = await kit.load('drafts');
  await store.open(kit);
  if (box.matches('a')) {
    box.addEventListener('click', async (event) => {
      event.preventDefault();
      await store.rehearse();
      location.assign(box.href);
    });
    return;
  }
  const nobody = box.dataset.rehearse;
  const draft = await store.change(nobody, (one) => { one.ended = one.ended || Date.now(); });
  const pages = Object.keys(draft.pages).length;
  const seconds = Math.round((draft.ended - draft.created) / 1000);
  const said = { minutes: Math.floor(seconds / 60), seconds: seconds % 60, taps: draft.taps, chars: draft.chars, pages };
  for (const [name, value] of Object.entries(said)) {
    for (const place of box.querySelectorAll(`[data-${name}]`)) place.textContent = value;
  }
  box.hidden = !pages;
  const photos = await kit.load('outbox-store');
  await photos.open(kit);
  await photos.drop((row) => row.url.includes('/p/' + nobody + '/'));
}
