// Evidence in the large: every a[data-compare] of a gallery, with zoom, turn and two side by side.
const BUTTONS = [
  ['arrow-left', 'arrowleft', 'previous'], ['arrow-right', 'arrowright', 'next'], ['zoom-in', '+', 'nearer'],
  ['zoom-out', '-', 'farther'], ['rotate', 'r', 'turn'], ['compare', 's', 'beside'], ['cross', 'x', 'close'],
];

export default function compare(gallery, kit) {
  const links = () => [...gallery.querySelectorAll('a[data-compare]')];
  const template = gallery.querySelector('template[data-compare-bar]');
  let dialog;
  let views = [];
  let here = 0;
  let active = 0;

  gallery.addEventListener('click', (event) => {
    const link = event.target.closest('a[data-compare]');
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    here = links().indexOf(link);
    open();
  });

  function open() {
    if (!dialog) build();
    views = [here];
    active = 0;
    draw();
    dialog.showModal();
  }

  function build() {
    dialog = document.createElement('dialog');
    dialog.className = 'sheet compare';
    dialog.setAttribute('aria-label', gallery.getAttribute('aria-label') || document.title);
    dialog.append(template.content.cloneNode(true));
    document.body.append(dialog);
    for (const [, , name] of BUTTONS) dialog.querySelector(`[data-do="${name}"]`).addEventListener('click', () => run(name));
    dialog.addEventListener('keydown', (event) => {
      const found = BUTTONS.find(([, key]) => key === event.key.toLowerCase() || (key === '+' && event.key === '='));
      if (!found || event.ctrlKey) return;
      event.preventDefault();
      event.stopPropagation();
      run(found[2]);
    });
  }

  function run(name) {
    const count = links().length;
    const view = dialog.querySelectorAll('.compare-view')[active];
    if (name === 'close') dialog.close();
    else if (name === 'next' || name === 'previous') { views[active] = (views[active] + (name === 'next' ? 1 : count - 1)) % count; draw(); }
    else if (name === 'beside') { views = views.length > 1 ? [views[active]] : [views[0], (views[0] + 1) % count]; active = views.length - 1; draw(); }
    else if (name === 'turn') change(view, { turn: view.state.turn + 90 });
    else change(view, { zoom: Math.min(8, Math.max(1, view.state.zoom * (name === 'nearer' ? 1.4 : 1 / 1.4))) });
  }

  function draw() {
    const stage = dialog.querySelector('.compare-stage');
    stage.replaceChildren(...views.map((index, place) => figure(links()[index], place)));
    dialog.querySelector('.compare-title').textContent = kit.text('compare.of', views[active] + 1, links().length);
  }

  function figure(link, place) {
    const view = document.createElement('figure');
    view.className = 'compare-view';
    view.state = { zoom: 1, turn: 0, x: 0, y: 0 };
    const image = Object.assign(new Image(), { src: link.href, alt: link.dataset.compare, draggable: false });
    view.append(image, Object.assign(document.createElement('figcaption'), { textContent: link.dataset.compare }));
    view.addEventListener('pointerdown', (event) => { active = place; drag(view, event); });
    view.addEventListener('wheel', (event) => { event.preventDefault(); active = place; run(event.deltaY < 0 ? 'nearer' : 'farther'); }, { passive: false });
    view.addEventListener('dblclick', () => change(view, view.state.zoom > 1 ? { zoom: 1, x: 0, y: 0 } : { zoom: 2.5 }));
    return view;
  }
}

function drag(view, event) {
  const from = { x: event.clientX - view.state.x, y: event.clientY - view.state.y };
  view.setPointerCapture(event.pointerId);
  const move = (next) => change(view, { x: next.clientX - from.x, y: next.clientY - from.y });
  const end = () => { view.removeEventListener('pointermove', move); view.removeEventListener('pointerup', end); };
  view.addEventListener('pointermove', move);
  view.addEventListener('pointerup', end);
  view.addEventListener('pointercancel', end, { once: true });
}

function change(view, next) {
  Object.assign(view.state, next);
  if (view.state.zoom === 1) Object.assign(view.state, { x: 0, y: 0 });
  const { x, y, zoom, turn } = view.state;
  view.querySelector('img').style.transform = `translate(${x}px, ${y}px) scale(${zoom}) rotate(${turn}deg)`;
}
