// Draws QR codes in the browser, so that what one phone has scanned it can show on to the next without network.
// ISO/IEC 18004: alphanumeric mode, level M, mask 2, versions 1 to 20; the same squares as the server draws.
const SIGNS = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:';
const CHECKS = [10, 16, 26, 18, 24, 16, 18, 22, 22, 26, 30, 22, 22, 24, 24, 28, 28, 26, 26, 26]; // a block, level M
const BLOCKS = [1, 1, 1, 2, 2, 4, 4, 4, 5, 5, 5, 8, 9, 9, 10, 10, 11, 13, 14, 16];
const MASK = 2;
const QUIET = 4;
const SVG = 'http://www.w3.org/2000/svg';

/** The code as an SVG element, scaled by its box. Throws for a sign the mode does not know, or too long a text. */
export function svg(text) {
  const rows = matrix(text);
  const side = rows.length + 2 * QUIET;
  let path = '';
  rows.forEach((row, y) => row.forEach((dark, x) => {
    if (dark && !row[x - 1]) {
      let wide = 1;
      while (row[x + wide]) wide += 1;
      path += `M${x + QUIET} ${y + QUIET}h${wide}v1h-${wide}z`;
    }
  }));
  const drawn = document.createElementNS(SVG, 'svg');
  drawn.setAttribute('viewBox', `0 0 ${side} ${side}`);
  drawn.setAttribute('class', 'segno');
  const line = document.createElementNS(SVG, 'path');
  line.setAttribute('d', path);
  drawn.append(line);
  return drawn;
}

/** Rows of dark (true) and light squares, without the quiet zone. */
export function matrix(text) {
  const version = versionFor(text);
  const board = patterns(version);
  fill(board, interleaved(version, dataOf(version, text)));
  format(board);
  return board.dark;
}

function versionFor(text) {
  for (let version = 1; version <= BLOCKS.length; version += 1) {
    const bits = 4 + countBits(version) + Math.floor(text.length / 2) * 11 + (text.length % 2) * 6;
    if (bits <= dataBytes(version) * 8) return version;
  }
  throw new Error('too long for a code');
}

const countBits = (version) => (version < 10 ? 9 : 11);
const dataBytes = (version) => allBytes(version) - CHECKS[version - 1] * BLOCKS[version - 1];

function allBytes(version) {
  let squares = (16 * version + 128) * version + 64;
  if (version > 1) {
    const marks = Math.floor(version / 7) + 2;
    squares -= (25 * marks - 10) * marks - 55;
    if (version > 6) squares -= 36;
  }
  return squares >> 3;
}

/** The text as bytes: mode, length, pairs of signs, filled up. */
function dataOf(version, text) {
  const bits = [];
  const put = (value, count) => { for (let at = count - 1; at >= 0; at -= 1) bits.push((value >> at) & 1); };
  put(2, 4);
  put(text.length, countBits(version));
  const values = [...text].map((sign) => SIGNS.indexOf(sign));
  if (values.includes(-1)) throw new Error('not alphanumeric');
  for (let at = 0; at < values.length; at += 2) {
    if (at + 1 < values.length) put(values[at] * 45 + values[at + 1], 11);
    else put(values[at], 6);
  }
  const most = dataBytes(version) * 8;
  put(0, Math.min(4, most - bits.length));
  put(0, (8 - (bits.length % 8)) % 8);
  for (let pad = 0xec; bits.length < most; pad ^= 0xfd) put(pad, 8);
  return Array.from({ length: most / 8 }, (_, byte) => bits.slice(byte * 8, byte * 8 + 8).reduce((sum, bit) => sum * 2 + bit, 0));
}

/** Split into blocks, each with its check bytes, dealt out in turn. */
function interleaved(version, data) {
  const count = BLOCKS[version - 1];
  const checks = CHECKS[version - 1];
  const short = Math.floor(data.length / count);
  const longer = data.length % count;
  const blocks = [];
  for (let at = 0, block = 0; block < count; block += 1) {
    const size = short + (block >= count - longer ? 1 : 0);
    blocks.push(data.slice(at, at + size));
    at += size;
  }
  const divisor = generator(checks);
  const tails = blocks.map((block) => remainder(block, divisor));
  const dealt = [];
  for (let at = 0; at <= short; at += 1) for (const block of blocks) if (at < block.length) dealt.push(block[at]);
  for (let at = 0; at < checks; at += 1) for (const tail of tails) dealt.push(tail[at]);
  return dealt;
}

/** Product in GF(256) over x⁸+x⁴+x³+x²+1. */
function times(a, b) {
  let sum = 0;
  for (let bit = 7; bit >= 0; bit -= 1) {
    sum = (sum << 1) ^ ((sum >> 7) * 0x11d);
    sum ^= ((b >> bit) & 1) * a;
  }
  return sum & 255;
}

function generator(degree) {
  const factors = [...new Array(degree - 1).fill(0), 1];
  for (let turn = 0, root = 1; turn < degree; turn += 1, root = times(root, 2)) {
    for (let at = 0; at < degree; at += 1) factors[at] = times(factors[at], root) ^ (factors[at + 1] || 0);
  }
  return factors;
}

function remainder(data, divisor) {
  const rest = divisor.map(() => 0);
  for (const byte of data) {
    const factor = byte ^ rest.shift();
    rest.push(0);
    divisor.forEach((value, at) => { rest[at] ^= times(value, factor); });
  }
  return rest;
}

/** Finders, timing, alignment and version marks; `fixed` says what data must not touch. */
function patterns(version) {
  const side = 17 + 4 * version;
  const grid = () => Array.from({ length: side }, () => new Array(side).fill(false));
  const board = { side, dark: grid(), fixed: grid() };
  for (let at = 0; at < side; at += 1) { set(board, 6, at, at % 2 === 0); set(board, at, 6, at % 2 === 0); }
  for (const [x, y] of [[3, 3], [side - 4, 3], [3, side - 4]]) mark(board, x, y, 4, (ring) => ring !== 2 && ring !== 4);
  const places = alignment(version, side);
  const last = places.length - 1;
  places.forEach((x, i) => places.forEach((y, j) => {
    if (!((i === 0 && (j === 0 || j === last)) || (i === last && j === 0))) mark(board, x, y, 2, (ring) => ring !== 1);
  }));
  for (let at = 0; at < 9; at += 1) { reserve(board, 8, at); reserve(board, at, 8); }
  for (let at = 0; at < 8; at += 1) { reserve(board, side - 1 - at, 8); reserve(board, 8, side - 1 - at); }
  if (version > 6) versionMarks(board, version);
  return board;
}

function alignment(version, side) {
  if (version === 1) return [];
  const count = Math.floor(version / 7) + 2;
  const step = Math.ceil((version * 4 + 4) / (count * 2 - 2)) * 2;
  return [6, ...Array.from({ length: count - 1 }, (_, at) => side - 7 - (count - 2 - at) * step)];
}

function versionMarks(board, version) {
  const bits = (version << 12) | coded(version, 12, 0x1f25);
  for (let at = 0; at < 18; at += 1) {
    const [far, near] = [board.side - 11 + (at % 3), Math.floor(at / 3)];
    set(board, far, near, (bits >> at) & 1);
    set(board, near, far, (bits >> at) & 1);
  }
}

function mark(board, x, y, reach, dark) {
  for (let down = -reach; down <= reach; down += 1) {
    for (let right = -reach; right <= reach; right += 1) set(board, x + right, y + down, dark(Math.max(Math.abs(right), Math.abs(down))));
  }
}

function set(board, x, y, dark) {
  if (x < 0 || y < 0 || x >= board.side || y >= board.side) return;
  board.dark[y][x] = !!dark;
  board.fixed[y][x] = true;
}

function reserve(board, x, y) { board.fixed[y][x] = true; }

/** Two columns at a time from the right, up and down in turn. */
function fill(board, bytes) {
  let at = 0;
  for (let right = board.side - 1, up = true; right > 0; right -= 2, up = !up) {
    if (right === 6) right = 5;
    for (let step = 0; step < board.side; step += 1) {
      const y = up ? board.side - 1 - step : step;
      for (const x of [right, right - 1]) {
        if (!board.fixed[y][x]) {
          const bit = at < bytes.length * 8 && (bytes[at >> 3] >> (7 - (at & 7))) & 1;
          board.dark[y][x] = !!bit !== (x % 3 === 0);
          at += 1;
        }
      }
    }
  }
}

/** Level M and the mask, twice, and the one square that is always dark. */
function format(board) {
  const bits = ((MASK << 10) | coded(MASK, 10, 0x537)) ^ 0x5412;
  const bit = (at) => (bits >> at) & 1;
  for (let at = 0; at < 6; at += 1) set(board, 8, at, bit(at));
  set(board, 8, 7, bit(6));
  set(board, 8, 8, bit(7));
  set(board, 7, 8, bit(8));
  for (let at = 9; at < 15; at += 1) set(board, 14 - at, 8, bit(at));
  for (let at = 0; at < 8; at += 1) set(board, board.side - 1 - at, 8, bit(at));
  for (let at = 8; at < 15; at += 1) set(board, 8, board.side - 15 + at, bit(at));
  set(board, 8, board.side - 8, true);
}

/** The rest of a binary division, which checks format and version. */
function coded(value, degree, divisor) {
  let rest = value;
  for (let turn = 0; turn < degree; turn += 1) rest = (rest << 1) ^ ((rest >> (degree - 1)) * divisor);
  return rest;
}
