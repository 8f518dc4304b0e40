// Own words as sound: recorded here, heard again, and sent only on request; kept on the phone until the server has it.
const TYPES = ['audio/webm;codecs=opus', 'audio/mp4', 'audio/ogg;codecs=opus'];

export default async function voice(box, kit) {
  const type = window.MediaRecorder && navigator.mediaDevices && window.crypto && crypto.subtle
    && TYPES.find((one) => MediaRecorder.isTypeSupported(one));
  if (!type) { box.hidden = true; return; }
  const part = (name) => box.querySelector('[data-voice-' + name + ']');
  const [start, stop, send, drop, play, say] = ['start', 'stop', 'send', 'drop', 'play', 'say'].map(part);
  const most = Number(box.dataset.voiceMost);
  const shelf = await open(kit);
  let recorder, began, ticking, kept;

  const show = (words, buttons) => {
    for (const one of [start, stop, send, drop]) one.hidden = !buttons.includes(one);
    if (say.textContent !== words) say.textContent = words;
  };
  const idle = () => { play.hidden = true; show('', [start]); };
  const ready = (words) => {
    play.src = URL.createObjectURL(kept.blob);
    play.hidden = false;
    show(words, [send, drop]);
  };

  start.addEventListener('click', async () => {
    let stream;
    try {
      stream = await navigator.mediaDevices.getUserMedia({ audio: true });
    } catch (_) {
      show(kit.text('voice.refused'), [start]);
      return;
    }
    const pieces = [];
    recorder = new MediaRecorder(stream, { mimeType: type, audioBitsPerSecond: 32000 });
    recorder.addEventListener('dataavailable', (event) => pieces.push(event.data));
    recorder.addEventListener('stop', async () => {
      clearInterval(ticking);
      for (const track of stream.getTracks()) track.stop();
      const blob = new Blob(pieces, { type: type.split(';')[0] });
      kept = { url: box.dataset.voiceUrl, id: newId(), blob, seconds: Math.min(most, (Date.now() - began) / 1000) };
      await shelf.put(kept);
      ready(kit.text('voice.listen'));
    });
    began = Date.now();
    recorder.start(1000);
    show(kit.text('voice.running', 0, most), [stop]);
    ticking = setInterval(() => {
      const seconds = Math.floor((Date.now() - began) / 1000);
      say.textContent = kit.text('voice.running', seconds, most);
      if (seconds >= most) recorder.stop();
    }, 1000);
  });
  stop.addEventListener('click', () => recorder.state !== 'inactive' && recorder.stop());
  drop.addEventListener('click', async () => { await shelf.drop(box.dataset.voiceUrl); kept = undefined; idle(); });
  send.addEventListener('click', async () => {
    show(kit.text('voice.sending'), []);
    const answer = await put(kept, kit).catch(() => null);
    if (answer && answer.ok) {
      await shelf.drop(kept.url);
      location.reload();
      return;
    }
    const told = answer ? await answer.json().catch(() => ({})) : {};
    show(told.detail || told.title || kit.text('voice.waits'), [send, drop]);
  });
  kept = await shelf.get(box.dataset.voiceUrl);
  if (kept) ready(kit.text('voice.waits')); else idle();
  return () => { if (recorder && recorder.state !== 'inactive') recorder.stop(); };
}

async function put({ url, id, blob, seconds }, kit) {
  const digest = await crypto.subtle.digest('SHA-256', await blob.arrayBuffer());
  const hex = [...new Uint8Array(digest)].map((byte) => byte.toString(16).padStart(2, '0')).join('');
  return fetch(url + '/' + id, {
    method: 'PUT', body: blob, credentials: 'same-origin',
    headers: {
      'Content-Type': blob.type, 'X-Content-SHA256': hex, 'X-Seconds': seconds.toFixed(1),
      'X-CSRFToken': kit.csrf, Accept: 'application/json',
    },
  });
}

/** The recording not yet sent, one for each address; in memory where the browser keeps nothing. */
async function open(kit) {
  const memory = new Map();
  let db;
  try {
    const { openDB } = await kit.load('idb');
    db = await openDB('kuaichu-voice', 1, { upgrade: (made) => made.createObjectStore('kept', { keyPath: 'url' }) });
  } catch (_) { db = null; }
  return {
    async put(row) { memory.set(row.url, row); if (db) await db.put('kept', row).catch(() => {}); },
    async get(url) { return memory.get(url) || (db ? db.get('kept', url).catch(() => undefined) : undefined); },
    async drop(url) { memory.delete(url); if (db) await db.delete('kept', url).catch(() => {}); },
  };
}

function newId() {
  return crypto.randomUUID ? crypto.randomUUID() : '10000000-1000-4000-8000-100000000000'.replace(/[018]/g, (digit) => (
    Number(digit) ^ (crypto.getRandomValues(new Uint8Array(1))[0] & (15 >> (Number(digit) / 4)))).toString(16));
}
