// The phone's camera as a stream: opened, closed, with torch and zoom where it has them.
const WANTED = { facingMode: { ideal: 'environment' }, width: { ideal: 2560 }, height: { ideal: 1440 } };
const PATIENCE = 20000;

/** Whether this browser can show a camera in the page at all. */
export function able() {
  return !!(window.isSecureContext && navigator.mediaDevices && navigator.mediaDevices.getUserMedia
    && window.HTMLDialogElement && HTMLCanvasElement.prototype.toBlob);
}

/** Whether it was forbidden for good, so that asking is of no use. */
export async function forbidden() {
  try {
    return (await navigator.permissions.query({ name: 'camera' })).state === 'denied';
  } catch (_) {
    return false;
  }
}

/** Show the camera in `video`: {stop, torch, zoom, width, height}; rejects when there is none or it is not allowed. */
export async function start(video) {
  // the right to zoom must be asked for; on desktops that would bring a question of its own
  const zoom = /Android|iPhone|iPad/.test(navigator.userAgent) ? { zoom: true } : {};
  const asked = navigator.mediaDevices.getUserMedia({ audio: false, video: { ...WANTED, ...zoom } });
  const stream = await inTime(asked, (late) => late.getTracks().forEach((track) => track.stop()));
  const [track] = stream.getVideoTracks();
  video.srcObject = stream;
  try {
    await video.play();
  } catch (problem) {
    stream.getTracks().forEach((one) => one.stop());
    throw problem;
  }
  const can = track.getCapabilities ? track.getCapabilities() : {};
  const apply = (constraint) => track.applyConstraints({ advanced: [constraint] }).then(() => true, () => false);
  return {
    track,
    torch: can.torch ? (on) => apply({ torch: on }) : null,
    zoom: can.zoom && can.zoom.max > can.zoom.min ? { min: can.zoom.min, max: Math.min(can.zoom.max, can.zoom.min * 5), step: can.zoom.step || 0.1, set: (value) => apply({ zoom: value }) } : null,
    stop() {
      stream.getTracks().forEach((one) => one.stop());
      video.srcObject = null;
    },
  };
}

/** The frame that is shown now, whole, as JPEG bytes. */
export function shutter(video, canvas) {
  canvas.width = video.videoWidth;
  canvas.height = video.videoHeight;
  canvas.getContext('2d').drawImage(video, 0, 0);
  return new Promise((done, failed) => canvas.toBlob((blob) => (blob ? done(blob) : failed(new Error('encode'))), 'image/jpeg', 0.88));
}

/** How far the horizon is tilted, in degrees; null where the phone does not say or lies flat. */
export async function level(heard) {
  const Sensor = window.DeviceOrientationEvent;
  if (!Sensor) return () => {};
  if (Sensor.requestPermission && (await Sensor.requestPermission().catch(() => '')) !== 'granted') return () => {};
  const turn = ({ beta, gamma }) => {
    if (beta === null || gamma === null) return;
    const [b, g] = [beta, gamma].map((degrees) => (degrees * Math.PI) / 180);
    const flat = Math.abs(Math.cos(b) * Math.cos(g)) > 0.9;
    const screenTurn = (screen.orientation && screen.orientation.angle) || 0;
    const roll = (Math.atan2(Math.cos(b) * Math.sin(g), Math.sin(b)) * 180) / Math.PI + screenTurn;
    heard(flat ? null : ((roll + 540) % 360) - 180);
  };
  addEventListener('deviceorientation', turn);
  return () => removeEventListener('deviceorientation', turn);
}

function inTime(asked, tooLate) {
  return new Promise((done, failed) => {
    const late = setTimeout(() => { failed(new Error('slow')); asked.then(tooLate, () => {}); }, PATIENCE);
    asked.then(done, failed).finally(() => clearTimeout(late));
  });
}
