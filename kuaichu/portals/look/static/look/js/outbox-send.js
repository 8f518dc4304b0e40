// Brings one photograph to the server: a small one whole by PUT, a large one, or one that was cut off before, in
// pieces by the tus protocol. It is there only when the server has computed the same SHA-256 as the phone.
const WHOLE = 1000000;
const LEAST = 65536;
const MOST = 262144;
const QUICK = 1500;
const SLOW = 6000;
const PATIENCE = 15000;
const WORST = 8; // bytes a millisecond: slower than that nothing arrives
const TUS = { 'Tus-Resumable': '1.0.0' };

/** {state: sent, answer} | {state: waiting | session} | {state: refused, problem}. `hands`: csrf, keep, progress. */
export async function deliver(row, hands) {
  const pieces = collection(row);
  const known = row.upload || row.begun || row.attempts > 0;
  if (!pieces || !(known || row.blob.size > WHOLE)) {
    // somebody who walks on from page to page would cut a whole upload off again and again
    await hands.keep({ begun: true });
    return whole(row, hands);
  }
  const outcome = await inPieces(row, hands, pieces);
  return outcome || whole(row, hands);
}

/** Let the server forget what is half sent; it would expire anyway. */
export function giveUp(row, csrf) {
  fetch(row.upload, { method: 'DELETE', credentials: 'same-origin', headers: { ...TUS, 'X-CSRFToken': csrf } }).catch(() => {});
}

/** Where uploads in pieces begin: told with the row, or beside the citizen's photographs. */
function collection(row) {
  if (row.pieces) return row.pieces;
  const [, part] = /^(.*\/p\/[0-9a-f-]{36})\/photos(?:\/|$)/.exec(row.url) || [];
  return part ? part + '/uploads' : '';
}

async function whole(row, hands) {
  const sent = { 'Content-Type': row.blob.type || 'image/jpeg', 'X-Content-SHA256': row.digest, 'X-Captured-At': row.capturedAt, 'X-Source': row.source };
  if (row.position) sent['X-Position'] = row.position;
  if (row.device) sent['X-Device-Info'] = JSON.stringify(row.device);
  if (row.quality) sent['X-Quality'] = JSON.stringify(row.quality);
  const response = await ask(row.url + '/' + row.id, 'PUT', hands, sent, row.blob);
  if (!response.ok) return failed(response);
  const answer = await response.json();
  return answer.sha256 === row.digest ? { state: 'sent', answer } : { state: 'waiting' };
}

async function failed(response) {
  const json = /json/.test(response.headers.get('Content-Type') || '');
  const { status } = response;
  const text = await response.text().catch(() => ''); // read in any case: an unread answer keeps its connection
  if (status === 401 || status === 403 || (status === 404 && !json)) return { state: 'session' };
  if (status >= 500 || [408, 423, 425, 429].includes(status)) return { state: 'waiting' };
  const answer = json ? parsed(text) : {};
  if (['hash_differs', 'offset_differs', 'in_progress'].includes(answer.code)) return { state: 'waiting' };
  return { state: 'refused', problem: answer.detail || answer.title || '' };
}

function parsed(text) {
  try {
    return JSON.parse(text);
  } catch (_) {
    return {};
  }
}

/** The outcome; null where this server takes no pieces. */
async function inPieces(row, hands, pieces) {
  let at = row.upload ? await standing(row.upload, hands) : null;
  if (!at || at.gone) {
    at = await begun(row, hands, pieces);
    if (at.outcome !== undefined) return at.outcome;
  }
  if (at.outcome) return at.outcome;
  await hands.keep({ upload: at.upload });
  return goOn(row, hands, at);
}

async function standing(upload, hands) {
  const response = await ask(upload, 'HEAD', hands, TUS);
  if (response.ok) return { upload, offset: offsetOf(response), digest: response.headers.get('X-Content-SHA256') };
  if ([404, 410, 422].includes(response.status)) return { gone: true };
  return { outcome: await failed(response) };
}

async function begun(row, hands, pieces) {
  const headers = { ...TUS, 'Upload-Length': row.blob.size, 'Upload-Metadata': announcement(row) };
  const response = await ask(pieces, 'POST', hands, headers);
  if (response.status === 404 || response.status === 405) return { outcome: null };
  if (response.status !== 201) return { outcome: await failed(response) };
  return {
    upload: new URL(response.headers.get('Location'), pieces).href,
    offset: offsetOf(response), digest: response.headers.get('X-Content-SHA256'),
  };
}

function announcement(row) {
  const told = {
    client_id: row.id, shot: row.slot, sha256: row.digest, source: row.source, captured_at: row.capturedAt,
    device: row.device && JSON.stringify(row.device), quality: row.quality && JSON.stringify(row.quality),
  };
  const [lat, lon, accuracy] = (row.position || '').split(',');
  if (lon) told.position = [lon, lat, accuracy].join(',');
  const pairs = Object.entries(told).filter(([, value]) => value);
  return pairs.map(([key, value]) => key + ' ' + btoa(String.fromCharCode(...new TextEncoder().encode(value)))).join(',');
}

async function goOn(row, hands, at) {
  let { offset, digest } = at;
  let size = row.begun ? LEAST : LEAST * 2;
  for (let wrong = 0; offset < row.blob.size || !digest;) {
    const began = Date.now();
    const headers = { ...TUS, 'Upload-Offset': offset, 'Content-Type': 'application/offset+octet-stream' };
    const response = await ask(at.upload, 'PATCH', hands, headers, row.blob.slice(offset, offset + size));
    if (response.status === 409 && wrong < 3) {
      wrong += 1;
      const now = await standing(at.upload, hands);
      if (now.gone || now.outcome) return now.outcome || lost(hands);
      ({ offset, digest } = now);
      continue;
    }
    if (response.status === 404 || response.status === 410) return lost(hands);
    if (!response.ok) return failed(response);
    offset = offsetOf(response);
    digest = response.headers.get('X-Content-SHA256');
    if (offset >= row.blob.size && !digest) return { state: 'waiting' };
    hands.progress(Math.floor((offset / row.blob.size) * 100));
    const took = Date.now() - began;
    if (took < QUICK) size = Math.min(MOST, size * 2);
    else if (took > SLOW) size = Math.max(LEAST, size / 2);
  }
  if (digest !== row.digest) return lost(hands);
  const said = await ask(at.upload, 'GET', hands, { Accept: 'application/json' }).then((response) => response.json()).catch(() => ({}));
  return { state: 'sent', answer: { sha256: digest, ...said } };
}

/** What was half sent is no longer there: begin anew with the next try. */
async function lost(hands) {
  await hands.keep({ upload: '' });
  return { state: 'waiting' };
}

function offsetOf(response) {
  return Number(response.headers.get('Upload-Offset') || 0);
}

/** One request that does not hang for ever. */
async function ask(url, method, hands, headers, body) {
  const stop = new AbortController();
  const late = setTimeout(() => stop.abort(), PATIENCE + (body ? body.size / WORST : 0));
  const token = method === 'HEAD' || method === 'GET' ? {} : { 'X-CSRFToken': hands.csrf };
  try {
    return await fetch(url, { method, body, credentials: 'same-origin', redirect: 'error', signal: stop.signal, headers: { ...headers, ...token } });
  } finally {
    clearTimeout(late);
  }
}
