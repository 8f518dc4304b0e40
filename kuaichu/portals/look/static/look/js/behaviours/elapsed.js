// Counts up from a moment by the server's clock: minutes and seconds, hours where there are some.
export default function elapsed(box) {
  const since = Date.parse(box.dataset.since);
  const shift = Date.parse(box.dataset.now) - Date.now();
  const shown = box.querySelector('.stat-value');
  const tick = () => {
    if (!box.isConnected) return;
    const seconds = Math.max(0, Math.floor((Date.now() + shift - since) / 1000));
    const parts = [Math.floor(seconds / 3600), Math.floor((seconds % 3600) / 60), seconds % 60];
    const [hours, minutes, rest] = parts.map((part) => String(part).padStart(2, '0'));
    shown.textContent = parts[0] ? `${parts[0]}:${minutes}:${rest}` : `${Number(minutes)}:${rest}`;
    setTimeout(tick, 1000 - (Date.now() % 1000));
  };
  tick();
}
