// Fills hidden lat, lon, accuracy of the enclosing form from the phone; every failure leaves a way on in words.
const PRECISE = 100; // metres; the server asks for the same

export default function locate(box, kit) {
  const say = box.querySelector('.locate-say');
  const go = box.querySelector('[data-locate-go]');
  const input = (name) => box.querySelector(`[name="${name}"]`);
  const tell = (words) => { say.textContent = words; };
  const done = ({ coords }) => {
    input('lat').value = coords.latitude.toFixed(6);
    input('lon').value = coords.longitude.toFixed(6);
    input('accuracy').value = Math.round(coords.accuracy);
    const eased = coords.accuracy <= PRECISE && box.dataset.locateEases && go.form.elements[box.dataset.locateEases];
    if (eased) eased.required = false;
    go.removeAttribute('aria-busy');
    tell(kit.text('locate.done', Math.round(coords.accuracy)));
    box.dispatchEvent(new CustomEvent('locate:done', { bubbles: true, detail: { lat: coords.latitude, lon: coords.longitude, accuracy: coords.accuracy } }));
  };
  const failed = (problem) => {
    go.removeAttribute('aria-busy');
    tell(kit.text(problem.code === 1 ? 'locate.denied' : problem.code === 3 ? 'locate.slow' : 'locate.failed'));
  };
  const ask = () => {
    if (!navigator.geolocation) return failed({ code: 2 });
    go.setAttribute('aria-busy', 'true');
    tell(kit.text('locate.busy'));
    // First the precise one; when that takes too long, a rough one is better than none.
    return navigator.geolocation.getCurrentPosition(done, (problem) => {
      if (problem.code === 1) return failed(problem);
      return navigator.geolocation.getCurrentPosition(done, failed, { maximumAge: 300000, timeout: 8000 });
    }, { enableHighAccuracy: true, maximumAge: 15000, timeout: 9000 });
  };
  go.addEventListener('click', ask);
  if ('locateAuto' in box.dataset && !input('lat').value) ask();
}
