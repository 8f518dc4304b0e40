// Reads QR codes from the camera or a picture: by the browser's own detector, else by the vendored jsQR.
const EVERY = 120;
const WIDEST = 1000;
let detector;

/** Show the camera in `video` and call `heard(text)` for each code; answers a function that ends it. Throws without a camera. */
export async function watch(kit, video, heard) {
  if (!(await native())) await library(kit);
  const stream = await navigator.mediaDevices.getUserMedia({ video: { facingMode: 'environment', width: { ideal: 1280 } }, audio: false });
  video.srcObject = stream;
  await video.play();
  const canvas = document.createElement('canvas');
  let going = true;
  (async () => {
    while (going) {
      if (video.videoWidth && !document.hidden) {
        const text = await read(kit, draw(canvas, video, video.videoWidth, video.videoHeight)).catch(() => '');
        if (text && going) heard(text);
      }
      await new Promise((done) => { setTimeout(done, EVERY); });
    }
  })();
  return () => {
    going = false;
    for (const track of stream.getTracks()) track.stop();
    video.srcObject = null;
  };
}

/** The text of the code in a picture file, '' when there is none. */
export async function fromPicture(kit, file) {
  const bitmap = await createImageBitmap(file);
  return read(kit, draw(document.createElement('canvas'), bitmap, bitmap.width, bitmap.height));
}

function draw(canvas, source, width, height) {
  const scale = Math.min(1, WIDEST / Math.max(width, height));
  canvas.width = Math.round(width * scale);
  canvas.height = Math.round(height * scale);
  canvas.getContext('2d', { willReadFrequently: true }).drawImage(source, 0, 0, canvas.width, canvas.height);
  return canvas;
}

async function read(kit, canvas) {
  if (await native()) {
    const [found] = await detector.detect(canvas);
    return found ? found.rawValue : '';
  }
  const jsQR = await library(kit);
  const { data, width, height } = canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height);
  const found = jsQR(data, width, height, { inversionAttempts: 'dontInvert' });
  return found ? found.data : '';
}

/** Whether this browser needs the vendored library. */
export async function needsLibrary() {
  return !(await native());
}

async function native() {
  if (detector === undefined) {
    detector = null;
    if ('BarcodeDetector' in window && (await BarcodeDetector.getSupportedFormats().catch(() => [])).includes('qr_code')) {
      detector = new BarcodeDetector({ formats: ['qr_code'] });
    }
  }
  return detector;
}

let loading;
/** jsQR is a classic script: it is put on the page when it is first needed. */
function library(kit) {
  loading ||= new Promise((done, failed) => {
    const script = Object.assign(document.createElement('script'), { src: kit.address('jsqr') });
    script.onload = () => done(window.jsQR);
    script.onerror = () => { loading = undefined; failed(new Error('jsqr')); };
    document.head.append(script);
  });
  return loading;
}
