// The silhouette itself can be tapped; what is chosen is also said in words.
export default function zones(box, kit) {
  const say = box.querySelector('[data-zones-say]');
  const inputs = [...box.querySelectorAll('.zone-input')];
  const tell = () => {
    const names = inputs.filter((input) => input.checked).map((input) => box.querySelector(`label[for="${input.id}"]`).textContent.trim());
    say.textContent = names.join(' · ') || kit.text('zones.none');
  };
  for (const part of box.querySelectorAll('[data-zone]')) {
    const input = inputs.find((one) => one.value === part.dataset.zone);
    const label = box.querySelector(`label[for="${input.id}"]`);
    part.addEventListener('click', () => { input.click(); input.focus({ preventScroll: true }); });
    part.addEventListener('pointerenter', () => part.classList.add('is-hot'));
    part.addEventListener('pointerleave', () => part.classList.remove('is-hot'));
    label.addEventListener('pointerenter', () => part.classList.add('is-hot'));
    label.addEventListener('pointerleave', () => part.classList.remove('is-hot'));
  }
  box.addEventListener('change', tell);
  tell();
}
