// Short messages that go away by themselves, errors later. Also for elements with data-toast.
export function say(words, tone = '') {
  const area = document.querySelector('[data-toasts]');
  if (!area || !words) return;
  const note = document.createElement('p');
  note.className = 'toast' + (tone ? ' toast-' + tone : '');
  note.textContent = words;
  area.append(note);
  setTimeout(() => note.remove(), tone === 'bad' ? 9000 : 4500);
}

export default function toast(element) {
  if (element.matches('button')) element.addEventListener('click', () => say(element.dataset.toast, element.dataset.tone));
  else say(element.dataset.toast || element.textContent.trim(), element.dataset.tone);
}
