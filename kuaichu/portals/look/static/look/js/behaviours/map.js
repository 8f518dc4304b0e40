// A place on lines of our own: no tiles, no glyphs, nothing from elsewhere. The words beneath stay whatever happens.
const PAINT = { road: '#ffffff', major: '#f7e7b5', area: '#dfe9df', unit: '#1456c4', other: '#5a6675' };

export default async function map(box, kit) {
  const canvas = box.querySelector('.mapbox-canvas');
  const centre = [Number(box.dataset.lon), Number(box.dataset.lat)];
  canvas.hidden = false;
  try {
    await styles(kit);
    const { Map: GlMap, Marker, NavigationControl } = await kit.load('maplibre-gl');
    const view = new GlMap({
      container: canvas, center: centre, zoom: Number(box.dataset.zoom || 14), attributionControl: false,
      style: await styleOf(box), cooperativeGestures: false, fadeDuration: 0,
    });
    view.addControl(new NavigationControl({ showCompass: false }), 'top-right');
    new Marker({ color: '#b3201a' }).setLngLat(centre).addTo(view);
    view.on('load', () => { box.dataset.mapReady = 'yes'; });
    box.addEventListener('map:features', (event) => view.getSource('own')?.setData(event.detail));
  } catch (_) {
    canvas.hidden = true;
    const note = box.querySelector('.mapbox-text span');
    note.append(Object.assign(document.createElement('small'), { textContent: kit.text('map.failed') }));
  }
}

async function styles(kit) {
  const href = kit.address('maplibre-gl.css');
  if (document.querySelector(`link[href="${href}"]`)) return;
  await new Promise((done, failed) => {
    const link = Object.assign(document.createElement('link'), { rel: 'stylesheet', href, onload: done, onerror: failed });
    document.head.append(link);
  });
}

async function styleOf(box) {
  let features = { type: 'FeatureCollection', features: [] };
  if (box.dataset.features) features = JSON.parse(box.dataset.features);
  else if (box.dataset.mapUrl) features = await (await fetch(box.dataset.mapUrl)).json();
  const kindIs = (kind) => ['==', ['get', 'kind'], kind];
  const line = (id, kind, colour, width) => ({
    id, type: 'line', source: 'own', filter: kindIs(kind), layout: { 'line-cap': 'round', 'line-join': 'round' },
    paint: { 'line-color': colour, 'line-width': ['interpolate', ['linear'], ['zoom'], 10, width / 4, 16, width * 2] },
  });
  return {
    version: 8,
    sources: { own: { type: 'geojson', data: features } },
    layers: [
      { id: 'ground', type: 'background', paint: { 'background-color': '#e9eef0' } },
      { id: 'area', type: 'fill', source: 'own', filter: kindIs('area'), paint: { 'fill-color': PAINT.area } },
      line('road-edge', 'road', '#c3ccd6', 7), line('road', 'road', PAINT.road, 5),
      line('major-edge', 'major', '#d8bd6a', 10), line('major', 'major', PAINT.major, 8), line('route', 'route', PAINT.unit, 5),
      { id: 'point', type: 'circle', source: 'own', filter: ['==', ['geometry-type'], 'Point'], paint: { 'circle-radius': 7, 'circle-color': ['coalesce', ['get', 'colour'], PAINT.unit], 'circle-stroke-color': '#fff', 'circle-stroke-width': 2 } },
    ],
  };
}
