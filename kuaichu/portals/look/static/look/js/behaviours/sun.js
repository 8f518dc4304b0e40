// Switches to the contrast for bright sun, and remembers it on this device.
export default function sun(button, kit) {
  const root = document.documentElement;
  const words = button.querySelector('span');
  const show = () => {
    const on = root.dataset.contrast === 'sun';
    button.setAttribute('aria-pressed', String(on));
    words.textContent = kit.text('sun.on');
  };
  button.addEventListener('click', () => {
    root.dataset.contrast = root.dataset.contrast === 'sun' ? '' : 'sun';
    try { localStorage.setItem('contrast', root.dataset.contrast); } catch (_) { /* private mode: for this page only */ }
    show();
  });
  show();
}
