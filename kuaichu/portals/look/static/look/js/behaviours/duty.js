// While on duty the position is told in batches; without network they wait, and the oldest are dropped first.
const MOST = 120;

export default function duty(mark, kit) {
  if (!navigator.geolocation) return undefined;
  const every = Math.max(5, Number(mark.dataset.dutyEvery) || 20) * 1000;
  let waiting = [];
  let newest = null;
  const watch = navigator.geolocation.watchPosition(({ coords, timestamp }) => {
    newest = { lat: coords.latitude, lon: coords.longitude, accuracy: coords.accuracy, at: new Date(timestamp).toISOString() };
  }, () => {}, { enableHighAccuracy: true, maximumAge: every, timeout: 30000 });
  const timer = setInterval(tell, every);
  setTimeout(tell, 3000);

  async function tell() {
    if (newest) waiting = [...waiting, newest].slice(-MOST);
    newest = null;
    if (!waiting.length) return;
    const batch = waiting;
    try {
      const answer = await fetch(mark.dataset.dutyUrl, {
        method: 'POST', headers: { 'Content-Type': 'application/json', 'X-CSRFToken': kit.csrf }, body: JSON.stringify({ points: batch }),
      });
      if (answer.ok || answer.status === 409 || answer.status === 422) waiting = waiting.slice(batch.length);
      if (answer.status === 409) stop();
    } catch (_) { /* the batch waits */ }
  }

  function stop() {
    navigator.geolocation.clearWatch(watch);
    clearInterval(timer);
  }
  return stop;
}
