// Evidence receipts kept on this phone, own and scanned ones: {text, caseNumber, number, issuedAt, keptAt}.
const TOOLS = 'receipt-tools';
let opening;

function open(kit) {
  opening ||= kit.load('idb')
    .then(({ openDB }) => openDB('kuaichu-receipts', 1, { upgrade: (db) => db.createObjectStore('receipts', { keyPath: 'text' }) }));
  return opening;
}

/** Keep one; the same receipt is kept once. Answers false where the browser keeps nothing. */
export async function keep(kit, row) {
  try {
    const db = await open(kit);
    if (!(await db.get('receipts', row.text))) await db.put('receipts', { ...row, keptAt: Date.now() });
    return true;
  } catch (_) {
    return false;
  }
}

/** All, newest first. */
export async function all(kit) {
  try {
    return (await (await open(kit)).getAll('receipts')).sort((a, b) => b.keptAt - a.keptAt);
  } catch (_) {
    return [];
  }
}

/** Forget one. */
export async function forget(kit, text) {
  await (await open(kit)).delete('receipts', text);
}

/** Keep on this phone what checking needs and this browser lacks, so that it works without network. */
export async function keepTools(kit) {
  const [scan, receipt] = await Promise.all([kit.load('qr-scan'), kit.load('receipt')]);
  const wanted = [];
  if (await scan.needsLibrary()) wanted.push(kit.address('jsqr'));
  if (!(await receipt.knowsEd25519())) wanted.push(kit.address('noble-ed25519'));
  const kept = await caches.open(TOOLS);
  for (const old of await kept.keys()) if (!wanted.includes(new URL(old.url).pathname)) await kept.delete(old);
  for (const address of wanted) if (!(await kept.match(address))) await kept.add(address);
}
