// Areas of a photograph that are blurred for others: drawn on the picture, each a tick in the form.
const LEAST = 0.004;

export default function areas(figure) {
  const svg = figure.querySelector('svg');
  const list = document.getElementById(figure.dataset.form).querySelector('[data-areas-list]');
  list.querySelectorAll('input').forEach((tick, index) => pair(tick, svg.querySelectorAll('rect')[index]));

  svg.addEventListener('pointerdown', (event) => {
    event.preventDefault();
    const from = place(event);
    const rect = svg.appendChild(document.createElementNS('http://www.w3.org/2000/svg', 'rect'));
    let box = null;
    const move = (next) => {
      const to = place(next);
      box = [Math.min(from[0], to[0]), Math.min(from[1], to[1]), Math.abs(from[0] - to[0]), Math.abs(from[1] - to[1])];
      ['x', 'y', 'width', 'height'].forEach((name, index) => rect.setAttribute(name, box[index] * 1000));
    };
    const end = () => {
      svg.removeEventListener('pointermove', move);
      if (!box || box[2] < LEAST || box[3] < LEAST) rect.remove();
      else add(rect, box);
    };
    svg.setPointerCapture(event.pointerId);
    svg.addEventListener('pointermove', move);
    svg.addEventListener('pointerup', end, { once: true });
    svg.addEventListener('pointercancel', end, { once: true });
  });

  function place(event) {
    const frame = svg.getBoundingClientRect();
    const part = (value, start, size) => Math.min(1, Math.max(0, (value - start) / size));
    return [part(event.clientX, frame.left, frame.width), part(event.clientY, frame.top, frame.height)];
  }

  function add(rect, box) {
    const label = document.createElement('label');
    label.className = 'tick';
    const tick = Object.assign(document.createElement('input'), {
      type: 'checkbox', name: 'area', checked: true, value: box.map((one) => one.toFixed(4)).join(',') + ',drawn,',
    });
    label.append(tick, Object.assign(document.createElement('span'), { textContent: list.dataset.new }));
    list.querySelector('p')?.remove();
    list.append(label);
    pair(tick, rect);
  }

  function pair(tick, rect) {
    tick.addEventListener('change', () => rect.toggleAttribute('hidden', !tick.checked));
  }
}
