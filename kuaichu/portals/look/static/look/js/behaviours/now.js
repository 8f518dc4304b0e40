// The time of day in China, kept by the server's clock.
export default function now(element) {
  const shift = Date.parse(element.dataset.now) - Date.now();
  const write = new Intl.DateTimeFormat('zh-CN', { hour: '2-digit', minute: '2-digit', hourCycle: 'h23', timeZone: 'Asia/Shanghai' });
  const tick = () => {
    if (!element.isConnected) return;
    element.textContent = write.format(Date.now() + shift);
    setTimeout(tick, 5000);
  };
  tick();
}
