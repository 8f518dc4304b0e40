// Whether a photograph will do: light, glare, sharpness of its edges, and whether the thing fills the guide.
// It coaches and never forbids: what comes out is kept with the photograph as a hint for the officer.
const WIDE = 640;
const DARK = 48;
const BRIGHT = 225;
const WASHED = 0.06; // share of the picture that is washed out
const BLOCK = 24; // larger than the strokes of a plate's letters, which may be as white as they like
const FLAT = 24; // grey levels between the darkest and the lightest: nothing to be seen
const SHARP = { plate: 0.15, licence: 0.15 };
const SHARP_ENOUGH = 0.12;
const FILLS = { plate: 0.5, licence: 0.5 };
const STRONGEST = 0.01;

/** Light (0 to 255), glare (share), sharpness of the strongest edges (0 to about 0.5), and their spread (share of the width). */
export function measure({ data, width, height }) {
  const grey = new Uint8Array(width * height);
  const levels = new Uint32Array(256);
  let sum = 0;
  for (let at = 0; at < grey.length; at++) {
    const value = (data[at * 4] * 77 + data[at * 4 + 1] * 150 + data[at * 4 + 2] * 29) >> 8;
    grey[at] = value;
    levels[value] += 1;
    sum += value;
  }
  const range = percentile(levels, grey.length, 0.99) - percentile(levels, grey.length, 0.01);
  const edges = gradients(grey, width, height);
  const strongest = energy(edges.levels, edges.count);
  return {
    light: Math.round(sum / grey.length), glare: round(washed(grey, width, height)), range,
    sharpness: range < FLAT ? 0 : round(strongest.mean / (8 * range)), spread: round(spread(edges, strongest.from, width)),
  };
}

/** The share of blocks that are white all over. */
function washed(grey, width, height) {
  let count = 0;
  let white = 0;
  for (let top = 0; top + BLOCK <= height; top += BLOCK) {
    for (let left = 0; left + BLOCK <= width; left += BLOCK) {
      count += 1;
      white += whole(grey, top * width + left, width) ? 1 : 0;
    }
  }
  return count ? white / count : 0;
}

function whole(grey, from, width) {
  let dull = 0;
  for (let at = 0; at < BLOCK * BLOCK; at++) {
    if (grey[from + Math.floor(at / BLOCK) * width + (at % BLOCK)] < 250 && (dull += 1) > BLOCK) return false;
  }
  return true;
}

/** What is wrong with it for this shot: dark, bright, glare, far, blurred, or '' when it will do. */
export function verdict(found, shot) {
  if (found.light < DARK) return 'dark';
  if (found.light > BRIGHT) return 'bright';
  if (shot in FILLS && found.glare > WASHED) return 'glare';
  if (found.sharpness < (SHARP[shot] || SHARP_ENOUGH)) return 'blurred';
  if (found.spread < (FILLS[shot] || 0)) return 'far';
  return '';
}

/** The pixels of a part of a picture or video ({x, y, w, h} of 1), at most 640 wide. */
export function pixels(source, part = { x: 0, y: 0, w: 1, h: 1 }) {
  const width = source.videoWidth || source.naturalWidth || source.width;
  const height = source.videoHeight || source.naturalHeight || source.height;
  const from = [part.x * width, part.y * height, part.w * width, part.h * height].map(Math.round);
  const factor = Math.min(1, WIDE / from[2]);
  const canvas = document.createElement('canvas');
  canvas.width = Math.max(8, Math.round(from[2] * factor));
  canvas.height = Math.max(8, Math.round(from[3] * factor));
  const pen = canvas.getContext('2d', { willReadFrequently: true });
  pen.drawImage(source, ...from, 0, 0, canvas.width, canvas.height);
  return pen.getImageData(0, 0, canvas.width, canvas.height);
}

/** A whole picture: {sharpness, light, glare, flag}. How large the thing is in it cannot be told without a guide. */
export function look(image, shot) {
  const found = measure(pixels(image));
  const flag = verdict({ ...found, spread: 1 }, shot);
  return { sharpness: found.sharpness, light: found.light, glare: found.glare, ...(flag ? { flag } : {}) };
}

/** How different two small pictures are, in grey levels: how much the phone moved between them. */
export function motion(before, now) {
  if (!before || before.data.length !== now.data.length) return 255;
  let sum = 0;
  for (let at = 1; at < now.data.length; at += 4) sum += Math.abs(now.data[at] - before.data[at]);
  return sum / (now.data.length / 4);
}

/** Sobel: squared strength of each pixel's edge, and a histogram of the strengths. */
function gradients(grey, width, height) {
  const strength = new Uint16Array(grey.length);
  const levels = new Uint32Array(1500);
  let count = 0;
  for (let y = 1; y < height - 1; y++) {
    for (let x = 1; x < width - 1; x++) {
      const at = y * width + x;
      const up = at - width;
      const down = at + width;
      const gx = grey[up + 1] + 2 * grey[at + 1] + grey[down + 1] - grey[up - 1] - 2 * grey[at - 1] - grey[down - 1];
      const gy = grey[down - 1] + 2 * grey[down] + grey[down + 1] - grey[up - 1] - 2 * grey[up] - grey[up + 1];
      const size = Math.min(1499, Math.round(Math.sqrt(gx * gx + gy * gy)));
      strength[at] = size;
      levels[size] += 1;
      count += 1;
    }
  }
  return { strength, levels, count };
}

/** Tenengrad of the strongest hundredth: independent of how much of the picture has edges at all. */
function energy(levels, count) {
  const wanted = Math.max(1, Math.round(count * STRONGEST));
  let taken = 0;
  let sum = 0;
  let from = levels.length - 1;
  for (; from > 0 && taken < wanted; from--) {
    const now = Math.min(levels[from], wanted - taken);
    taken += now;
    sum += now * from * from;
  }
  return { mean: Math.sqrt(sum / Math.max(1, taken)), from };
}

/** The share of the width that holds nine tenths of the strong edges. */
function spread({ strength }, from, width) {
  const columns = new Uint32Array(width);
  let total = 0;
  const strong = Math.max(40, from * 0.5);
  for (let at = 0; at < strength.length; at++) {
    if (strength[at] > strong) { columns[at % width] += 1; total += 1; }
  }
  let left = 0;
  let right = width - 1;
  for (let sum = columns[0]; left < right && sum < total * 0.05;) sum += columns[left += 1];
  for (let sum = columns[right]; right > left && sum < total * 0.05;) sum += columns[right -= 1];
  return (right - left + 1) / width;
}

function percentile(levels, count, share) {
  let sum = 0;
  for (let value = 0; value < levels.length; value++) {
    sum += levels[value];
    if (sum >= count * share) return value;
  }
  return levels.length - 1;
}

const round = (value) => Math.round(value * 1000) / 1000;
