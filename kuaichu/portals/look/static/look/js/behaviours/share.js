// Shares data-share-url with data-share-text; where the phone cannot, the link stays what it is (an sms: address).
export default function share(element, kit) {
  element.addEventListener('click', async (event) => {
    const url = new URL(element.dataset.shareUrl || location.href, location.href).href;
    const text = element.dataset.shareText || document.title;
    if (navigator.share) {
      event.preventDefault();
      try { await navigator.share({ title: document.title, text, url }); } catch (_) { /* the person changed their mind */ }
      return;
    }
    if (element.matches('a[href^="sms:"]') && matchMedia('(pointer: coarse)').matches) return;
    event.preventDefault();
    try {
      await navigator.clipboard.writeText(text + ' ' + url);
      kit.toast(kit.text('copy.done'));
    } catch (_) {
      kit.toast(kit.text('copy.failed'), 'bad');
    }
  });
}
