// A line that says by itself when the photographs are sealed: it listens to the bell and fetches itself anew.
export default function sealed(line) {
  const { liveUrl, line: address } = line.dataset;
  const source = new EventSource(liveUrl);
  let busy = false;
  const look = async () => {
    if (!line.isConnected) { source.close(); return; }
    if (busy) return;
    busy = true;
    try {
      const answer = await fetch(address, { credentials: 'same-origin' });
      if (answer.ok) line.innerHTML = await answer.text();
    } catch (_) { /* the next ring tries again */ }
    busy = false;
    if (line.querySelector('[data-sealed]')) source.close();
  };
  source.addEventListener('ring', () => setTimeout(look, 200));
  source.onopen = look;
  addEventListener('pagehide', () => source.close());
}
