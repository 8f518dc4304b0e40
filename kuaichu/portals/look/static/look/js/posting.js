// Sends a form that a script has kept: JSON or the page with its errors comes back, or nothing at all.
const PATIENCE = 20000;

/** One request with a fresh token: {status, text, json}; null when no whole answer came. */
export async function post(kit, url, body, key) {
  const stop = new AbortController();
  const late = setTimeout(() => stop.abort(), PATIENCE);
  const renew = () => fetch('/start', { credentials: 'same-origin', signal: stop.signal }); // brings the token's cookie
  try {
    if (!kit.csrf) await renew();
    let answer = await request(kit, url, body, key, stop.signal);
    if (answer.status === 403 && !isJson(answer)) {
      await renew();
      answer = await request(kit, url, body, key, stop.signal);
    }
    const text = await answer.text();
    return { status: answer.status, text, json: isJson(answer) ? JSON.parse(text) : null };
  } catch (_) {
    return null;
  } finally {
    clearTimeout(late);
  }
}

const isJson = (answer) => /json/.test(answer.headers.get('Content-Type') || '');

function request(kit, url, body, key, signal) {
  return fetch(url, {
    method: 'POST', body, credentials: 'same-origin', redirect: 'error', signal,
    headers: {
      Accept: 'application/json, text/html', 'Content-Type': 'application/x-www-form-urlencoded',
      'X-CSRFToken': kit.csrf, ...(key ? { 'Idempotency-Key': key } : {}),
    },
  });
}
