// Evidence receipts in the browser: put together from scanned frames, taken apart, checked against the published keys.
// Works without network: nothing here asks a server. The format is described in docs/howto/evidence.md.
const PRIVATE = -70002;
const SHOTS = { F: 'front', R: 'rear', C: 'contact', P: 'plate', L: 'licence', S: 'sign', W: 'wheels', D: 'damage', B: 'object', N: 'note', Z: 'form', O: 'other' };
const FRAME = /^KC1\/(\d{1,2})\/(\d{1,2})\/([A-Z2-7]{6})\/([A-Z2-7]+)$/;
const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';
const LONGEST = 8000;
const LONGEST_ADDRESS = 560;
const PIECE = 300;

/** Gathers scanned codes until a receipt is whole: add(code) answers {text} or {have, of}, or null for other codes. */
export class Gathering {
  constructor() { this.mark = ''; this.pieces = new Map(); this.of = 0; }

  add(code) {
    const line = code.trim().toUpperCase();
    const whole = bare(line);
    if (whole) return { text: whole };
    const found = FRAME.exec(line);
    if (!found) return null;
    const [, number, of, mark, piece] = found;
    if (mark !== this.mark || Number(of) !== this.of) { this.mark = mark; this.of = Number(of); this.pieces.clear(); }
    if (Number(number) >= 1 && Number(number) <= this.of) this.pieces.set(Number(number), piece);
    if (this.pieces.size < this.of) return { have: this.pieces.size, of: this.of };
    return { text: [...this.pieces.keys()].sort((a, b) => a - b).map((key) => this.pieces.get(key)).join('') };
  }
}

/** What the codes say by which a receipt goes on to the next phone, as the server frames it (receipt_text.py). */
export async function framesOf(text, host) {
  const address = 'HTTPS://' + host.toUpperCase() + '/R/' + text;
  if (address.length <= LONGEST_ADDRESS) return [address];
  const count = Math.ceil(text.length / PIECE);
  const size = Math.ceil(text.length / count);
  const sum = new Uint8Array(await crypto.subtle.digest('SHA-256', new TextEncoder().encode(text)));
  const bits = [...sum.subarray(0, 4)].reduce((whole, byte) => whole * 256 + byte, 0);
  const mark = Array.from({ length: 6 }, (_, at) => ALPHABET[Math.floor(bits / 2 ** (27 - 5 * at)) % 32]).join('');
  return Array.from({ length: count }, (_, at) => ['KC1', at + 1, count, mark, text.slice(at * size, (at + 1) * size)].join('/'));
}

/** The receipt in pasted words or a kept file; '' when there is none. Lines that begin with # are for people. */
export function textOf(words) {
  const gathering = new Gathering();
  for (const line of words.split('\n').filter((one) => !one.trim().startsWith('#')).join('\n').split(/\s+/)) {
    const found = line && gathering.add(line);
    if (found && found.text) return found.text;
  }
  return '';
}

function bare(line) {
  const text = line.replace(/^HTTPS?:\/\/[A-Z0-9.:-]+\/R\//, '').replace(/[=/]+$/, '');
  return text.length >= 100 && text.length <= LONGEST && /^[A-Z2-7]+$/.test(text) ? text : '';
}

/** What a receipt says and whether one of `keys` (JWKS entries) signed it: {state, said}. */
export async function check(text, keys) {
  const found = await judged(text, keys, statement);
  return found.state === 'key_period' ? { state: 'altered' } : found;
}

/** The same for anything signed like that; `statement(claims)` says what it says, with `issuedAt`, or throws. */
export async function judged(text, keys, statement) {
  let parts;
  let said;
  try {
    parts = opened(text);
    said = statement(decode(parts.payload));
    said.issuedAt.toISOString(); // a moment that is none throws
  } catch (_) {
    return { state: 'unreadable' };
  }
  const key = keys.find((one) => one.kid === hex(parts.keyId));
  if (!key) return { state: 'not_ours' };
  let good;
  try {
    good = await verified(key, parts);
  } catch (_) {
    return { state: 'unable' };
  }
  const day = new Date(said.issuedAt.getTime() + 8 * 3600000).toISOString().slice(0, 10);
  const covered = key.valid_from <= day && (!key.valid_until || day <= key.valid_until);
  if (!good) return { state: 'altered' };
  return covered ? { state: 'signed', said } : { state: 'key_period' };
}

/** SHA-256 of a file's bytes as lower-case hex. */
export async function digest(blob) {
  return hex(new Uint8Array(await crypto.subtle.digest('SHA-256', await blob.arrayBuffer())));
}

function opened(text) {
  const message = decode(bytesOf(text));
  if (!(message instanceof Tagged) || message.tag !== 18 || message.value.length !== 4) throw new Error('no receipt');
  const [head, , payload, signature] = message.value;
  const header = decode(head);
  if (header.get(1) !== -8) throw new Error('another algorithm');
  return { keyId: header.get(4), payload, signature, signed: toBeSigned(head, payload) };
}

function statement(claims) {
  const own = claims.get(PRIVATE);
  const issued = claims.get(6);
  const moment = (ago) => (ago === null ? null : new Date((issued - ago) * 1000));
  const photos = own.get(3).map(([sum, letter, received, taken]) => {
    if (!(sum instanceof Uint8Array) || sum.length !== 32 || !SHOTS[letter]) throw new Error('no photograph');
    return { sha256: hex(sum), shot: SHOTS[letter], receivedAt: moment(received), takenAt: moment(taken) };
  });
  return { caseNumber: String(claims.get(2)), number: own.get(1), issuedAt: moment(0), cell: own.get(2) || null, photos };
}

/** Whether this browser checks Ed25519 itself (the key is the base point: any valid point will do). */
export async function knowsEd25519() {
  const point = new Uint8Array(32).fill(0x66);
  point[0] = 0x58;
  return crypto.subtle.importKey('raw', point, { name: 'Ed25519' }, false, ['verify']).then(() => true, () => false);
}

async function verified(key, { signature, signed }) {
  const point = Uint8Array.from(atob(key.x.replace(/-/g, '+').replace(/_/g, '/')), (one) => one.charCodeAt(0));
  try {
    const ready = await crypto.subtle.importKey('raw', point, { name: 'Ed25519' }, false, ['verify']);
    return await crypto.subtle.verify({ name: 'Ed25519' }, ready, signature, signed);
  } catch (_) {
    return verified.other(point, signature, signed);
  }
}

/** Set by the page: how to check with the vendored library where the browser knows no Ed25519. */
verified.other = async () => { throw new Error('no Ed25519'); };
export function fallback(library) {
  verified.other = async (point, signature, signed) => (await library()).verifyAsync(signature, signed, point, { zip215: false });
}

function toBeSigned(head, payload) {
  return join([Uint8Array.of(0x84), item(0x60, new TextEncoder().encode('Signature1')), item(0x40, head), item(0x40, new Uint8Array()), item(0x40, payload)]);
}

function item(major, data) {
  const size = data.length;
  const first = size < 24 ? [major | size] : size < 256 ? [major | 24, size] : [major | 25, size >> 8, size & 255];
  return join([Uint8Array.from(first), data]);
}

function join(parts) {
  const whole = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let place = 0;
  for (const part of parts) { whole.set(part, place); place += part.length; }
  return whole;
}

function bytesOf(text) {
  const out = new Uint8Array(Math.floor((text.length * 5) / 8));
  let bits = 0;
  let held = 0;
  let place = 0;
  for (const letter of text) {
    const value = ALPHABET.indexOf(letter);
    if (value < 0) throw new Error('not base32');
    held = ((held << 5) | value) & 0xfff;
    bits += 5;
    if (bits >= 8) { bits -= 8; out[place] = (held >> bits) & 255; place += 1; }
  }
  if (held & ((1 << bits) - 1)) throw new Error('not base32');
  return out;
}

class Tagged { constructor(tag, value) { this.tag = tag; this.value = value; } }

/** CBOR (RFC 8949) as far as receipts use it: integers, bytes, text, lists, maps, tags, null. Anything else throws. */
function decode(data) {
  let place = 0;
  const next = (count) => {
    if (place + count > data.length) throw new Error('cut off');
    place += count;
    return data.subarray(place - count, place);
  };
  const size = (low) => {
    if (low < 24) return low;
    if (low > 27) throw new Error('length');
    return next(1 << (low - 24)).reduce((sum, byte) => sum * 256 + byte, 0);
  };
  const value = (depth) => {
    if (depth > 8) throw new Error('too deep');
    const [first] = next(1);
    const low = first & 31;
    switch (first >> 5) {
      case 0: return size(low);
      case 1: return -1 - size(low);
      case 2: return next(size(low));
      case 3: return new TextDecoder('utf-8', { fatal: true }).decode(next(size(low)));
      case 4: return Array.from({ length: few(size(low)) }, () => value(depth + 1));
      case 5: return new Map(Array.from({ length: few(size(low)) }, () => [value(depth + 1), value(depth + 1)]));
      case 6: return new Tagged(size(low), value(depth + 1));
      default: if (first === 0xf6) return null; throw new Error('unknown item');
    }
  };
  const few = (count) => { if (count > 200) throw new Error('too many'); return count; };
  const found = value(0);
  if (place !== data.length) throw new Error('something behind it');
  return found;
}

export function hex(bytes) {
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
}
