// The QR code of a paper, checked in the browser: nothing here asks a server. The format is described in docs/verify.md.
const PRIVATE = -70001;
const ADDRESS = /^HTTPS?:\/\/[A-Z0-9.:-]+\/V\/([A-Z2-7]+)$/;
const LONGEST = 700;

/** The signed text in a scanned or pasted address; '' when it is none. */
export function textOf(words) {
  const line = words.trim().toUpperCase();
  const found = line.length <= LONGEST && ADDRESS.exec(line);
  return found ? found[1] : '';
}

/** What the code says: number, kind, plates and grades by party, the facts' hash and the leaf in the public log. */
export const statement = (hex) => (claims) => {
  const own = claims.get(PRIVATE);
  const hash = own.get(4);
  if (!(hash instanceof Uint8Array) || hash.length !== 16) throw new Error('no hash');
  return {
    number: String(claims.get(2)), kind: String(own.get(1)), issuedAt: new Date(claims.get(6) * 1000),
    plates: own.get(2).map(String), grades: [...String(own.get(3))], factsHash: hex(hash), leaf: Number(own.get(5)),
  };
};
