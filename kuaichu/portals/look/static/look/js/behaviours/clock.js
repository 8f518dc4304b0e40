// Counts down to a deadline by the server's clock, and says so at the marks that matter.
const MARKS = [600, 300, 60];

export default function clock(box, kit) {
  const end = Date.parse(box.dataset.deadline);
  const total = Number(box.dataset.total || 0);
  // The phone's clock may be wrong: shift by the difference, unless it is no more than the page took to arrive.
  const skew = Date.parse(box.dataset.now) - Date.now();
  const shift = Math.abs(skew) > 30000 ? skew : 0;
  const shown = box.querySelector('.clock-left');
  const say = box.querySelector('[data-clock-say]');
  const meter = box.querySelector('meter');
  let before = Infinity;
  tick();

  function tick() {
    if (!box.isConnected) return;
    const left = Math.max(0, Math.round((end - Date.now() - shift) / 1000));
    const words = left ? write(left, kit) : kit.text('clock.over');
    if (shown.textContent !== words) shown.textContent = words;
    if (meter && total) meter.value = (100 * left) / total;
    state(left ? (left < Math.max(60, total / 5) ? 'soon' : 'run') : 'over');
    const mark = MARKS.find((one) => before > one && left <= one && left > 0);
    if (mark && before !== Infinity) say.textContent = kit.text('clock.minutes', mark / 60);
    if (!left && before) {
      if (before !== Infinity) {
        say.textContent = words;
        box.dispatchEvent(new CustomEvent('clock:over', { bubbles: true }));
      }
      return;
    }
    before = left;
    setTimeout(tick, left > 90000 ? 30000 : 1000 - (Date.now() % 1000));
  }

  function state(name) {
    if (box.classList.contains('clock-' + name)) return;
    box.classList.remove('clock-run', 'clock-soon', 'clock-over');
    box.classList.add('clock-' + name);
  }
}

function write(left, kit) {
  const days = Math.floor(left / 86400);
  const hours = Math.floor((left % 86400) / 3600);
  if (days) return kit.text('clock.days', days, hours);
  const rest = [Math.floor((left % 3600) / 60), left % 60].map((part) => String(part).padStart(2, '0'));
  return hours ? [hours, ...rest].join(':') : Number(rest[0]) + ':' + rest[1];
}
