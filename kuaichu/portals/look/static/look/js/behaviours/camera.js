// The guided camera: a sheet with the outline of the shot wanted. It says what to do, releases by itself when all is
// well for a second, and goes on to the next shot. Without it the slots' own buttons open the phone's camera.
const EVERY = 200;
const HELD_STILL = 1000;
const SETTLE = 1200;
const SHOWN = 900;
const MOVES = 9;
const TILTED = 6;
const PATIENT_TRIES = 2;
const AUTO = 'camera-auto';
const OFF = 'camera-off';

export default async function camera(sheet, kit) {
  const [streams, judge, picture] = await Promise.all([kit.load('camera-stream'), kit.load('camera-judge'), kit.load('picture')]);
  const off = () => { try { return sessionStorage.getItem(OFF); } catch (_) { return ''; } };
  if (!streams.able() || off() || (await streams.forbidden())) { sheet.dispatchEvent(new CustomEvent('camera:none', { bubbles: true })); return; }
  document.querySelectorAll('[data-no-camera]').forEach((note) => { note.hidden = true; });
  const part = (name) => sheet.querySelector(`[data-${name}]`);
  const video = sheet.querySelector('video');
  const still = sheet.querySelector('canvas');
  const state = { form: null, lens: null, tries: 0, tilt: null, goodSince: 0, before: null, openedAt: 0, busy: false, where: null };

  document.addEventListener('click', (event) => {
    const input = event.target.closest && event.target.closest('.slot-file');
    if (!input || 'gallery' in input.dataset || off()) return;
    event.preventDefault();
    open(input.closest('form'));
  });
  part('shutter').addEventListener('click', () => release(false));
  part('close').addEventListener('click', () => sheet.close());
  part('skip').addEventListener('click', () => next());
  part('phone').addEventListener('click', () => { const { form } = state; sheet.close(); form.querySelector('.slot-file').click(); });
  part('torch').addEventListener('click', async (event) => {
    const on = event.currentTarget.getAttribute('aria-pressed') !== 'true';
    if (await state.lens.torch(on)) part('torch').setAttribute('aria-pressed', String(on));
  });
  part('zoom').addEventListener('input', () => state.lens.zoom.set(Number(part('zoom').value)));
  const auto = part('auto');
  try { auto.checked = localStorage.getItem(AUTO) !== 'off'; } catch (_) { /* as it is drawn */ }
  auto.addEventListener('change', () => { try { localStorage.setItem(AUTO, auto.checked ? 'on' : 'off'); } catch (_) { /* for this page then */ } });
  sheet.addEventListener('close', stop);
  addEventListener('pagehide', () => sheet.open && sheet.close());
  document.addEventListener('visibilitychange', () => { if (document.hidden && sheet.open) sheet.close(); });

  async function open(form) {
    aim(form);
    sheet.dataset.state = 'starting';
    tip('starting');
    sheet.showModal();
    state.where = picture.position();
    const listening = streams.level((tilt) => { state.tilt = tilt; drawLevel(tilt); });
    try {
      state.lens = await streams.start(video);
      if (!sheet.open) { stop(); return; }
    } catch (problem) {
      failed(problem);
      return;
    }
    state.unlevel = await listening;
    sheet.dataset.state = 'live';
    state.openedAt = Date.now();
    part('torch').hidden = !state.lens.torch;
    part('zooming').hidden = !state.lens.zoom;
    if (state.lens.zoom) Object.assign(part('zoom'), { min: state.lens.zoom.min, max: state.lens.zoom.max, step: state.lens.zoom.step, value: state.lens.zoom.min });
    watch();
  }

  /** Nobody is left standing: the phone's own camera does it. */
  function failed(problem) {
    sheet.dataset.state = 'failed';
    try { sessionStorage.setItem(OFF, problem.name || 'failed'); } catch (_) { /* asked again then */ }
    tip(problem.name === 'NotAllowedError' ? 'denied' : 'none');
    part('phone').focus();
  }

  function aim(form) {
    Object.assign(state, { form, tries: 0, goodSince: 0, openedAt: Date.now(), before: null });
    part('title').textContent = form.querySelector('.slot-title').firstChild.textContent.trim();
    for (const one of sheet.querySelectorAll('.camera-outline')) one.classList.toggle('is-shown', one.dataset.shot === shot());
    const left = waitingForms().length;
    part('skip').hidden = !left;
    part('count').textContent = left ? word('left').replace('%n', left) : '';
  }

  const shot = () => (sheet.querySelector(`.camera-outline[data-shot="${state.form.dataset.slot}"]`) ? state.form.dataset.slot : 'damage');
  const outline = () => sheet.querySelector(`.camera-outline[data-shot="${shot()}"]`);

  /** Where the guide lies in the video's own picture: the video covers its box, the guide is drawn in the middle. */
  function region() {
    const box = video.getBoundingClientRect();
    const guide = outline().querySelector('[data-region]').getBoundingClientRect();
    const scale = Math.max(box.width / video.videoWidth, box.height / video.videoHeight);
    const [wide, high] = [video.videoWidth * scale, video.videoHeight * scale];
    const cut = (value) => Math.min(1, Math.max(0, value));
    const x = cut((guide.left - box.left + (wide - box.width) / 2) / wide);
    const y = cut((guide.top - box.top + (high - box.height) / 2) / high);
    return { x, y, w: Math.max(0.05, Math.min(1 - x, guide.width / wide)), h: Math.max(0.05, Math.min(1 - y, guide.height / high)) };
  }

  function watch() {
    clearTimeout(state.timer);
    if (sheet.dataset.state !== 'live') return;
    const began = performance.now();
    if (!state.busy && video.videoWidth) judged();
    state.timer = setTimeout(watch, Math.max(EVERY, (performance.now() - began) * 4));
  }

  function judged() {
    const found = judge.measure(judge.pixels(video, region()));
    const small = judge.pixels(video, { x: 0.25, y: 0.25, w: 0.5, h: 0.5 });
    const moved = judge.motion(state.before, small);
    state.before = small;
    const flag = judge.verdict(found, shot());
    const leaning = outline().hasAttribute('data-upright') && state.tilt !== null && Math.abs(state.tilt) > TILTED;
    const say = flag || (moved > MOVES ? 'still' : leaning ? 'level' : 'good');
    tip(say);
    state.goodSince = say === 'good' ? state.goodSince || Date.now() : 0;
    if (!state.goodSince) return;
    const ready = Date.now() - state.goodSince >= HELD_STILL && Date.now() - state.openedAt >= SETTLE;
    if (auto.checked && ready) release(true);
  }

  async function release(byItself) {
    if (state.busy || sheet.dataset.state !== 'live' || !video.videoWidth) return;
    state.busy = true;
    try {
      const found = judge.measure(judge.pixels(video, region()));
      const capturedAt = new Date().toISOString();
      const blob = await streams.shutter(video, still);
      const flag = judge.verdict(found, shot());
      state.tries += 1;
      sheet.dataset.state = 'shown';
      if (flag && state.tries <= PATIENT_TRIES) {
        tip(flag, state.tries);
        setTimeout(live, SHOWN * 2);
        return;
      }
      const at = region();
      const guide = [at.x, at.y, Math.min(1, at.x + at.w), Math.min(1, at.y + at.h)].map((edge) => Math.round(edge * 1000) / 1000);
      const quality = { sharpness: found.sharpness, light: found.light, glare: found.glare, tries: state.tries, auto: byItself, guide, ...(flag ? { flag } : {}), ...(state.tilt === null ? {} : { tilt: Math.round(Math.abs(state.tilt)) }) };
      const device = { agent: picture.agent(), via: 'stream', width: video.videoWidth, height: video.videoHeight };
      state.form.dispatchEvent(new CustomEvent('photo:taken', { detail: { blob, capturedAt, quality, device, position: await state.where } }));
      tip('saved');
      if (navigator.vibrate) navigator.vibrate(40);
      state.where = picture.position();
      setTimeout(next, SHOWN);
    } finally {
      state.busy = false;
    }
  }

  function live() {
    if (!sheet.open) return;
    sheet.dataset.state = 'live';
    state.goodSince = 0;
    watch();
  }

  /** The slots after this one that still want a photograph. */
  function waitingForms() {
    const group = state.form.closest('.slots');
    const forms = [...(group ? group.querySelectorAll('form.slot') : [])];
    return forms.slice(forms.indexOf(state.form) + 1).filter((form) => form.classList.contains('slot-todo') && !form.querySelector('.optional'));
  }

  function next() {
    if (!sheet.open) return;
    const [form] = waitingForms();
    if (!form) { sheet.close(); return; }
    aim(form);
    live();
  }

  function stop() {
    clearTimeout(state.timer);
    if (state.lens) state.lens.stop();
    if (state.unlevel) state.unlevel();
    Object.assign(state, { lens: null, unlevel: null, tilt: null });
    part('torch').setAttribute('aria-pressed', 'false');
    sheet.dataset.state = '';
    if (state.form) state.form.querySelector('.slot-file').focus();
  }

  function drawLevel(tilt) {
    const line = part('level');
    line.hidden = tilt === null || !outline().hasAttribute('data-upright');
    if (tilt !== null) line.style.transform = `rotate(${Math.round(-tilt)}deg)`;
    line.classList.toggle('is-level', tilt !== null && Math.abs(tilt) <= TILTED);
  }

  const word = (name) => sheet.querySelector(`[data-word="${name}"]`).textContent;

  function tip(name, tries = 0) {
    const said = word(name) + (tries ? ' ' + word(tries === PATIENT_TRIES ? 'then' : 'again') : '');
    if (part('tip').textContent === said) return;
    part('tip').textContent = said;
    sheet.dataset.tip = name;
    part('tip').dataset.tone = { good: 'ok', saved: 'ok', starting: '', none: 'warn', denied: 'warn' }[name] ?? 'warn';
  }
}
