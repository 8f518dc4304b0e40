// Photographs before they leave the phone: size, digest, position.
const EDGE = 2048;
const QUALITY = 0.85;
const SMALL = 1000000;

/** Decode upright; throws when the file is no picture the phone can read. */
export async function decode(file) {
  if (window.createImageBitmap) {
    try {
      return await createImageBitmap(file, { imageOrientation: 'from-image' });
    } catch (_) { /* some browsers refuse the option: fall through */ }
  }
  const url = URL.createObjectURL(file);
  try {
    const image = new Image();
    image.src = url;
    await image.decode();
    return image;
  } finally {
    setTimeout(() => URL.revokeObjectURL(url), 10000);
  }
}

/** The bytes to send: the file itself when it is a small JPEG, else at most 2048 pixels at quality 0.85. */
export async function shrink(file, decoded) {
  const source = decoded || await decode(file);
  const width = source.naturalWidth || source.width;
  const height = source.naturalHeight || source.height;
  const factor = Math.min(1, EDGE / Math.max(width, height));
  if (factor === 1 && file.type === 'image/jpeg' && file.size <= SMALL) return file;
  const canvas = document.createElement('canvas');
  canvas.width = Math.round(width * factor);
  canvas.height = Math.round(height * factor);
  const pen = canvas.getContext('2d');
  pen.fillStyle = '#fff';
  pen.fillRect(0, 0, canvas.width, canvas.height);
  pen.drawImage(source, 0, 0, canvas.width, canvas.height);
  if (source.close) source.close();
  return new Promise((done, failed) => canvas.toBlob(
    (blob) => (blob ? done(blob) : failed(new Error('encode'))), 'image/jpeg', QUALITY));
}

/** SHA-256 of a blob in hex. */
export async function digest(blob) {
  const sum = await crypto.subtle.digest('SHA-256', await new Response(blob).arrayBuffer());
  return [...new Uint8Array(sum)].map((byte) => byte.toString(16).padStart(2, '0')).join('');
}

/** The kind of browser, as two or three words. */
export function agent() {
  const said = navigator.userAgent;
  const kind = [/MicroMessenger/, /AlipayClient/, /HuaweiBrowser/, /Edg/, /Firefox/, /Chrome/, /Safari/].find((one) => one.test(said));
  const system = /Android/.test(said) ? 'android' : /iPhone|iPad/.test(said) ? 'ios' : /HarmonyOS|OpenHarmony/.test(said) ? 'harmony' : 'other';
  return `${kind ? kind.source.toLowerCase() : 'unknown'}-${system}`;
}

/** The position now as "lat,lon,accuracy", or "" when the phone does not say within four seconds. */
export function position() {
  if (!navigator.geolocation) return Promise.resolve('');
  return new Promise((done) => {
    setTimeout(() => done(''), 4000);
    navigator.geolocation.getCurrentPosition(
      ({ coords }) => done([coords.latitude.toFixed(6), coords.longitude.toFixed(6), Math.round(coords.accuracy)].join(',')),
      () => done(''), { enableHighAccuracy: true, maximumAge: 60000, timeout: 3500 });
  });
}

/** A random identifier (UUID v4), also on browsers without crypto.randomUUID. */
export function newId() {
  if (crypto.randomUUID) return crypto.randomUUID();
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  bytes[6] = (bytes[6] & 15) | 64;
  bytes[8] = (bytes[8] & 63) | 128;
  const hex = [...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join('');
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
}
