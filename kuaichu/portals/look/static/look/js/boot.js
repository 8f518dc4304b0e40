// Loads only the behaviours a page asks for: <… data-behaviour="clock live">.
// A behaviour is a module in behaviours/ whose default export is (element, kit) => cleanup | undefined.
const data = JSON.parse(document.getElementById('look-data').textContent);
const bound = new WeakMap();
const loading = new Map();

/** What every behaviour gets. */
export const kit = {
  // the cookie before the page: pages that a phone keeps were made for nobody
  get csrf() { return (/(?:^|; )csrftoken=([^;]+)/.exec(document.cookie) || [])[1] || data.csrf; },
  load,
  address: (name) => data.modules[name],
  text(key, n = '', h = '') {
    return (data.texts[key] || key).replace('%n', n).replace('%h', h);
  },
  async toast(words, tone = '') {
    (await load('toast')).say(words, tone);
  },
  htmx,
  bind,
};

/** Import a module or vendored library by its name in the page's list, once. */
function load(name) {
  if (!data.modules[name]) return Promise.reject(new Error('no module ' + name));
  if (!loading.has(name)) {
    const wait = import(data.modules[name]);
    loading.set(name, wait);
    wait.catch(() => loading.delete(name));
  }
  return loading.get(name);
}

/** htmx is a classic script: put it on the page the first time something needs it. */
function htmx() {
  if (window.htmx) return Promise.resolve(window.htmx);
  if (!loading.has('htmx')) {
    loading.set('htmx', new Promise((done, failed) => {
      const script = document.createElement('script');
      script.src = data.modules['htmx.org'];
      // It waits for DOMContentLoaded, which may be over while the page still loads pictures: start it in any case.
      script.onload = () => { window.htmx.process(document.body); done(window.htmx); };
      script.onerror = () => { loading.delete('htmx'); failed(new Error('htmx')); };
      document.head.append(script);
    }));
  }
  return loading.get('htmx');
}

/** Bind every behaviour under `root` that is not bound yet. */
function bind(root = document) {
  const found = [...root.querySelectorAll('[data-behaviour]')];
  if (root.matches && root.matches('[data-behaviour]')) found.unshift(root);
  for (const element of found) {
    for (const name of element.dataset.behaviour.split(/\s+/).filter(Boolean)) start(element, name);
  }
}

function start(element, name) {
  const running = bound.get(element) || new Set();
  if (running.has(name)) return;
  bound.set(element, running.add(name));
  load(name)
    .then((module) => element.isConnected && module.default(element, kit))
    .catch((problem) => { running.delete(name); console.warn('behaviour', name, problem); });
}

document.addEventListener('htmx:load', (event) => bind(event.target));
document.addEventListener('htmx:configRequest', (event) => {
  if (event.detail.verb !== 'get') event.detail.headers['X-CSRFToken'] = kit.csrf;
});
document.addEventListener('htmx:responseError', async (event) => {
  kit.toast((await problemWords(event.detail.xhr)) || kit.text('toast.failed'), 'bad');
});
document.addEventListener('htmx:sendError', () => kit.toast(kit.text('toast.offline'), 'bad'));

async function problemWords(xhr) {
  if (!/problem\+json/.test(xhr.getResponseHeader('Content-Type') || '')) return '';
  try {
    const problem = JSON.parse(xhr.responseText);
    return problem.detail || problem.title || '';
  } catch (_) {
    return '';
  }
}

bind();
if (document.querySelector('[hx-get],[hx-post],[hx-put],[hx-patch],[hx-delete]')) htmx();
