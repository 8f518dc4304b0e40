// One photograph: shown at once, kept on the phone, sent by an idempotent raw PUT. Without it the form posts the file.
const GALLERY_AFTER = 120000;

export default async function photo(form, kit) {
  const url = form.dataset.uploadUrl && new URL(form.dataset.uploadUrl, location.href).href;
  const [store, picture] = await Promise.all([kit.load('outbox-store'), kit.load('picture')]);
  let current = '';
  if (!url || !window.crypto || !crypto.subtle) {
    postPlainly(form);
    return;
  }
  await store.open(kit);
  store.listen((news) => {
    if (news.row.url !== url || (current && news.id !== current)) return;
    current = news.id;
    if (news.state === 'sent') accepted(form, kit, news.answer);
    else if (news.state === 'refused') show(form, 'refused', news.problem || kit.text('photo.refused'));
    else show(form, 'queued', kit.text(words(news.state)));
  });
  for (const row of await store.all()) {
    if (row.url !== url) continue;
    current = row.id;
    preview(form, row.blob);
    show(form, row.problem === 'refused' ? 'refused' : 'queued', kit.text(words(row.problem)));
  }
  form.addEventListener('change', (event) => {
    const file = event.target.files && event.target.files[0];
    if (file) take(file, 'gallery' in event.target.dataset).finally(() => { event.target.value = ''; });
  });

  async function take(file, fromGallery) {
    preview(form, file);
    show(form, 'queued', kit.text('photo.saved'));
    const where = fromGallery ? Promise.resolve('') : picture.position();
    let blob;
    try {
      blob = await picture.shrink(file);
    } catch (_) {
      show(form, 'refused', kit.text('photo.unreadable'));
      return;
    }
    const old = file.lastModified && Date.now() - file.lastModified > GALLERY_AFTER;
    current = picture.newId();
    await store.add({
      id: current, url, slot: form.dataset.slot, blob, digest: await picture.digest(blob),
      capturedAt: new Date(fromGallery || old ? file.lastModified || Date.now() : Date.now()).toISOString(),
      position: await where, source: fromGallery || old ? 'gallery' : 'in_app',
    });
  }
}

/** Without an upload address or a secure context the form itself goes, as soon as a file is chosen. */
function postPlainly(form) {
  form.addEventListener('change', (event) => {
    for (const input of form.querySelectorAll('.slot-file')) input.name = input === event.target ? 'photo' : '';
    form.submit();
  });
}

function words(state) {
  return { sending: 'photo.sending', session: 'photo.session', refused: 'photo.refused', waiting: 'photo.waiting' }[state] || 'photo.saved';
}

function accepted(form, kit, answer) {
  const state = { warn: 'warn', refused: 'refused' }[answer.state] || 'sent';
  if (answer.thumb) picture(form).src = answer.thumb;
  show(form, state, answer.message || kit.text('photo.sent'));
  offerAgain(form, kit, state);
  form.dispatchEvent(new CustomEvent('photo:sent', { bubbles: true, detail: answer }));
}

/** The camera's button as the server draws it for a photograph it has: once more, and no longer the main one. */
function offerAgain(form, kit, state) {
  const button = form.querySelector('.slot-doing label.btn');
  button.classList.toggle('btn-quiet', state === 'sent');
  button.classList.toggle('btn-main', state !== 'sent');
  button.querySelector('span').textContent = kit.text('photo.again');
}

function show(form, state, said) {
  form.className = form.className.replace(/\bslot-(todo|queued|sent|warn|refused)\b/, 'slot-' + state);
  const line = form.querySelector('[data-photo-say]');
  if (line.textContent !== said) line.textContent = said;
}

function preview(form, blob) {
  const image = picture(form);
  const url = URL.createObjectURL(blob);
  image.onload = () => URL.revokeObjectURL(url);
  image.src = url;
}

function picture(form) {
  const box = form.querySelector('.slot-picture');
  let image = box.querySelector('img');
  if (!image) {
    image = document.createElement('img');
    image.alt = '';
    box.replaceChildren(image);
  }
  return image;
}
