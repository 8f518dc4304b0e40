// The codes of an evidence receipt: several are shown in turn; the receipt is kept on this phone.
const TURN = 400;

export default async function receiptShow(box, kit) {
  const codes = [...box.querySelectorAll('[data-receipt-code]')];
  const say = box.querySelector('[data-receipt-turn]');
  if (codes.length > 1) {
    let here = 0;
    const turn = () => {
      codes.forEach((code, index) => { code.hidden = index !== here; });
      if (say) say.textContent = `${here + 1} / ${codes.length}`;
      here = (here + 1) % codes.length;
    };
    turn();
    const timer = setInterval(() => { if (box.isConnected) turn(); else clearInterval(timer); }, TURN);
  }
  const { receiptText, caseNumber, receiptNumber, issuedAt } = box.dataset;
  const store = await kit.load('receipt-store');
  const row = { text: receiptText, caseNumber, number: Number(receiptNumber), issuedAt: Date.parse(issuedAt) };
  const kept = await store.keep(kit, row);
  const line = box.querySelector('[data-receipt-kept]');
  if (line && kept) line.hidden = false;
}
