// The reports on this phone beside those the server listed: what waits, the way on, and forgetting one.
export default async function mydrafts(box, kit) {
  const store = await kit.load('drafts');
  if (!(await store.open(kit))) return;
  const photos = await kit.load('outbox-store');
  await photos.open(kit);
  const list = box.querySelector('[data-drafts]');
  const dialog = box.querySelector('dialog');
  const show = async () => {
    const waiting = [await store.forms(), await photos.all()];
    const cards = [];
    for (const one of await store.all()) {
      const count = waiting[0].filter((form) => form.draft === one.id).length
        + waiting[1].filter((photo) => photo.url.includes('/p/' + one.id + '/')).length;
      const listed = [...document.querySelectorAll(`main a.card-link[href$="/p/${one.id}"]`)].find((link) => !box.contains(link));
      if (listed) mark(listed, count && kit.text('keep.count', count));
      else if (one.secret || count) cards.push(card(one, count));
    }
    list.replaceChildren(...cards);
    box.hidden = !cards.length;
    document.querySelectorAll('[data-no-case]').forEach((empty) => { empty.hidden = !!cards.length; });
  };
  const card = (one, count) => {
    const made = box.querySelector('template').content.firstElementChild.cloneNode(true);
    const write = new Intl.DateTimeFormat(document.documentElement.lang, { dateStyle: 'medium', timeStyle: 'short', timeZone: 'Asia/Shanghai' });
    made.querySelector('[data-when]').textContent = write.format(one.created);
    made.querySelector('[data-waits]').textContent = one.opened && !count ? one.number || '' : kit.text(one.opened ? 'keep.count' : 'keep.unopened', count);
    made.querySelector('a').href = '/p/' + one.id + (one.opened ? '' : '/' + (one.last || (one.done.length ? 'offline' : 'safety')));
    made.querySelector('[data-forget]').addEventListener('click', () => { dialog.dataset.draft = one.id; dialog.showModal(); });
    return made;
  };
  dialog.addEventListener('close', async () => {
    if (dialog.returnValue === 'forget') await store.forget(dialog.dataset.draft);
    dialog.returnValue = '';
    show();
  });
  store.listen(show);
  photos.listen(show);
  show();
}

function mark(link, words) {
  let line = link.querySelector('[data-waits]');
  if (!line && words) {
    line = document.createElement('span');
    line.dataset.waits = '';
    link.querySelector('span').append(document.createElement('br'), line);
  }
  if (line) line.textContent = words || '';
}
