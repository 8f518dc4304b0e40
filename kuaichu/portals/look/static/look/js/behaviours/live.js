// Keeps a fragment fresh: the bell rings ({stream, seq}), the page fetches. Falls back to asking every five seconds.
const SETTLE = 250;
const POLL = 5000;
const TRIES = 3;
const bells = new Map();

export default async function live(element, kit) {
  const address = element.dataset.liveFragment;
  const htmx = await kit.htmx();
  let waiting = 0;
  let busy = false;
  let again = false;
  let seen = Number(element.dataset.liveSeq || 0);
  let last = '';
  // What has not changed stays as it is: a code being scanned, a picture being looked at, an open detail.
  element.addEventListener('htmx:beforeSwap', (event) => {
    if (event.detail.target !== element) return;
    if (event.detail.serverResponse === last) event.detail.shouldSwap = false;
    last = event.detail.serverResponse;
  });

  const fetchNow = async () => {
    waiting = 0;
    if (!element.isConnected) return;
    if (busy || typing()) { again = true; if (!busy) later(1000); return; }
    busy = true;
    again = false;
    try {
      await htmx.ajax('GET', address, { source: element, target: element, swap: element.dataset.liveSwap || 'innerHTML' });
    } catch (_) { /* the next ring or poll tries again */ }
    busy = false;
    element.dispatchEvent(new CustomEvent('live:fresh', { bubbles: true }));
    if (again) later(SETTLE);
  };
  const later = (time) => { if (!waiting) waiting = setTimeout(fetchNow, time); };
  const typing = () => element.contains(document.activeElement) && document.activeElement.matches('input:not([type=radio]):not([type=checkbox]),textarea,select');

  const bell = bellOf(new URL(element.dataset.liveUrl, location.href).href, kit);
  bell.listen((ring) => {
    if (!element.isConnected) return false;
    if (ring) {
      const mine = !element.dataset.liveStream || element.dataset.liveStream === String(ring.stream);
      const one = ring.stream; // a ring for all work carries no stream: its numbers are those of many cases
      if (!mine || (one && ring.seq && ring.seq <= seen)) return true;
      if (one) seen = Math.max(seen, Number(ring.seq) || 0);
    }
    later(ring ? SETTLE : 0);
    return true;
  });
}

function bellOf(url, kit) {
  if (!bells.has(url)) bells.set(url, new Bell(url, kit));
  return bells.get(url);
}

/** One connection a page and address, shared by every fragment that hears it. */
class Bell {
  constructor(url, kit) {
    this.url = url;
    this.kit = kit;
    this.heard = new Set();
    this.failures = 0;
    this.connect();
    document.addEventListener('visibilitychange', () => { if (!document.hidden) this.ring(null); });
    addEventListener('pagehide', () => this.source && this.source.close());
    addEventListener('pageshow', (event) => { if (event.persisted) { this.connect(); this.ring(null); } });
  }

  listen(heard) { this.heard.add(heard); }

  ring(message) {
    for (const heard of this.heard) if (!heard(message)) this.heard.delete(heard);
    if (!this.heard.size) this.stop();
  }

  stop() {
    if (this.source) this.source.close();
    clearInterval(this.poll);
    clearTimeout(this.retry);
    bells.delete(this.url);
  }

  connect() {
    if (this.source) this.source.close();
    clearTimeout(this.retry);
    this.source = new EventSource(this.url);
    this.source.onopen = () => {
      // What happened between rendering the page and the first connection was not heard: ask once.
      const lost = this.failures > 0 || !this.opened;
      this.opened = true;
      this.failures = 0;
      clearInterval(this.poll);
      this.poll = 0;
      this.state('');
      if (lost) this.ring(null);
    };
    const take = (event) => {
      try { this.ring(JSON.parse(event.data)); } catch (_) { this.ring(null); }
    };
    this.source.onmessage = take;
    this.source.addEventListener('ring', take);
    this.source.onerror = () => this.fail();
  }

  fail() {
    this.source.close();
    this.failures += 1;
    if (this.failures >= TRIES && !this.poll) {
      this.poll = setInterval(() => { if (!document.hidden) this.ring(null); }, POLL);
      this.state(this.kit.text('live.lost'));
    }
    const wait = Math.min(30000, 500 * 2 ** this.failures) * (0.75 + Math.random() / 2);
    this.retry = setTimeout(() => this.connect(), wait);
  }

  state(words) {
    const sign = document.querySelector('[data-live-state]');
    if (!sign) return;
    sign.hidden = !words;
    sign.textContent = words;
  }
}
