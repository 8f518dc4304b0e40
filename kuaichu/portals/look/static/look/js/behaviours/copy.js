// Copies data-copy (or the text of the element named by data-copy-from).
export default function copy(button, kit) {
  button.addEventListener('click', async () => {
    const from = button.dataset.copyFrom && document.querySelector(button.dataset.copyFrom);
    const words = button.dataset.copy || (from && (from.value || from.textContent.trim())) || '';
    try {
      await navigator.clipboard.writeText(words);
    } catch (_) {
      if (!oldWay(words)) { kit.toast(kit.text('copy.failed'), 'bad'); return; }
    }
    kit.toast(kit.text('copy.done'));
  });
}

function oldWay(words) {
  const area = document.createElement('textarea');
  area.className = 'visually-hidden';
  area.value = words;
  document.body.append(area);
  area.select();
  const done = document.execCommand('copy');
  area.remove();
  return done;
}
