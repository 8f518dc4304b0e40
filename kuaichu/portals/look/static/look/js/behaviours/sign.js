// A signature by finger: PNG for the eye, path data for the record; a typed name is as good.
export default async function sign(box, kit) {
  const { default: SignaturePad } = await kit.load('signature_pad');
  const canvas = box.querySelector('canvas');
  const png = box.querySelector('[data-sign-png]');
  const path = box.querySelector('[data-sign-path]');
  const typed = box.querySelector('input[type="text"]');
  const say = box.querySelector('.signpad-say');
  const pad = new SignaturePad(canvas, { penColor: '#10203a', minWidth: 1.2, maxWidth: 3.2, throttle: 8 });
  let width = 0;

  const fit = () => {
    if (canvas.offsetWidth === width || !canvas.offsetWidth) return;
    const strokes = pad.toData();
    const scale = width ? canvas.offsetWidth / width : 1;
    width = canvas.offsetWidth;
    const ratio = Math.max(1, window.devicePixelRatio || 1);
    canvas.width = width * ratio;
    canvas.height = canvas.offsetHeight * ratio;
    canvas.getContext('2d').scale(ratio, ratio);
    pad.clear();
    for (const stroke of strokes) for (const point of stroke.points) { point.x *= scale; point.y *= scale; }
    pad.fromData(strokes);
  };
  const keep = () => {
    const empty = pad.isEmpty();
    png.value = empty ? '' : pad.toDataURL('image/png');
    path.value = empty ? '' : outline(pad.toData());
    say.textContent = empty ? '' : kit.text('sign.ready');
    typed.setCustomValidity('');
  };
  pad.addEventListener('endStroke', keep);
  box.querySelector('[data-sign-clear]').addEventListener('click', () => { pad.clear(); keep(); });
  box.querySelector('[data-sign-undo]').addEventListener('click', () => {
    pad.fromData(pad.toData().slice(0, -1));
    keep();
  });
  typed.addEventListener('input', () => typed.setCustomValidity(''));
  const form = box.closest('form');
  if (form) {
    form.addEventListener('submit', (event) => {
      keep();
      if (!pad.isEmpty() || typed.value.trim()) return;
      event.preventDefault();
      event.stopImmediatePropagation();
      typed.setCustomValidity(kit.text('sign.empty'));
      typed.reportValidity();
    }, true);
  }
  new ResizeObserver(fit).observe(canvas);
  fit();
}

/** SVG path data in CSS pixels of the sheet, one sub-path a stroke: letters M and L, numbers with one decimal. */
function outline(strokes) {
  return strokes.map(({ points }) => points.map((point, index) => (
    (index ? 'L' : 'M') + point.x.toFixed(1) + ' ' + point.y.toFixed(1))).join('')
    + (points.length === 1 ? 'L' + (points[0].x + 1).toFixed(1) + ' ' + points[0].y.toFixed(1) : '')).join('');
}
