// One photograph: shown at once, kept on the phone, sent by the outbox. Without it the form posts the file.
const GALLERY_AFTER = 120000;
const ADVICE = { dark: 'photo.dark', bright: 'photo.bright', blurred: 'photo.blurred', glare: 'photo.glare' };
const keeping = new Set();

export default async function photo(form, kit) {
  const url = form.dataset.uploadUrl && new URL(form.dataset.uploadUrl, location.href).href;
  if (!url || !window.crypto || !crypto.subtle) {
    postPlainly(form);
    return;
  }
  const [store, picture, judge] = await Promise.all([kit.load('outbox-store'), kit.load('picture'), kit.load('camera-judge')]);
  let current = '';
  let tries = 0;
  await store.open(kit);
  store.listen((news) => {
    if (news.row.url !== url || (current && news.id !== current) || news.state === 'dropped') return;
    current = news.id;
    if (news.state === 'sent') accepted(form, kit, news.answer);
    else if (news.state === 'refused') show(form, 'refused', news.problem || kit.text('photo.refused'));
    else show(form, 'queued', kit.text(words(news.state)) + (news.percent ? ` ${news.percent} %` : ''));
  });
  for (const row of await store.all()) {
    if (row.url !== url) continue;
    current = row.id;
    preview(form, row.blob);
    show(form, row.problem === 'refused' ? 'refused' : 'queued', (row.problem === 'refused' && row.words) || kit.text(words(row.problem)));
  }
  const chosen = (input) => {
    const file = input.files && input.files[0];
    if (file) hold(take(file, 'gallery' in input.dataset).finally(() => { input.value = ''; }));
  };
  form.addEventListener('change', (event) => chosen(event.target));
  form.querySelectorAll('.slot-file').forEach(chosen); // what was quicker than this script
  // from the guided camera: the bytes of the shutter themselves
  form.addEventListener('photo:taken', (event) => {
    preview(form, event.detail.blob);
    advise(form, '');
    hold(keep({ ...event.detail, source: 'in_app' }));
  });

  async function take(file, fromGallery) {
    preview(form, file);
    show(form, 'queued', kit.text('photo.keeping'));
    const where = fromGallery ? Promise.resolve('') : picture.position();
    let blob;
    let quality;
    try {
      const image = await picture.decode(file);
      quality = { ...judge.look(image, form.dataset.slot), tries: tries += 1, auto: false };
      blob = await picture.shrink(file, image);
    } catch (_) {
      show(form, 'refused', kit.text('photo.unreadable'));
      return;
    }
    advise(form, quality.flag && kit.text(ADVICE[quality.flag]));
    const old = file.lastModified && Date.now() - file.lastModified > GALLERY_AFTER;
    const device = { agent: picture.agent(), via: fromGallery ? 'gallery' : 'file' };
    if (blob !== file) Object.assign(device, { original: await picture.digest(file), original_size: file.size });
    await keep({
      blob, quality, device, source: fromGallery || old ? 'gallery' : 'camera', position: '',
      capturedAt: new Date(fromGallery || old ? file.lastModified || Date.now() : Date.now()).toISOString(),
    }, where);
  }

  /** On this phone first; the place may follow a few seconds later, until then it waits. */
  async function keep(taken, where = null) {
    const id = picture.newId();
    current = id;
    show(form, 'queued', kit.text('photo.keeping'));
    const dueAt = where ? Date.now() + 5000 : 0;
    await store.add({ id, url, slot: form.dataset.slot, digest: await picture.digest(taken.blob), dueAt, ...taken });
    if (where) where.then((position) => store.amend(id, { position }));
  }
}

/** Nobody leaves the page while a photograph is not yet on the phone. */
function hold(work) {
  keeping.add(work);
  work.finally(() => keeping.delete(work));
}

document.addEventListener('click', async (event) => {
  const link = keeping.size && event.target.closest('a[href]');
  if (!link || event.defaultPrevented || link.target) return;
  event.preventDefault();
  event.stopImmediatePropagation();
  await Promise.allSettled([...keeping]);
  link.click();
}, true);

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

/** What a better photograph would need; this one is taken all the same. */
function advise(form, said) {
  let line = form.querySelector('[data-photo-advice]');
  if (!line && said) {
    line = Object.assign(document.createElement('p'), { className: 'slot-advice' });
    line.setAttribute('data-photo-advice', '');
    form.querySelector('.slot-state').after(line);
  }
  if (line) line.textContent = said || '';
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
