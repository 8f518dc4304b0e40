// The codes of an evidence receipt: several are shown in turn; the receipt is kept on this phone.
export default async function receiptShow(box, kit) {
  const { take } = await kit.load('receipt-turn');
  take(box, [...box.querySelectorAll('[data-receipt-code]')], box.querySelector('[data-receipt-turn]'));
  const { receiptText, caseNumber, receiptNumber, issuedAt } = box.dataset;
  const store = await kit.load('receipt-store');
  const row = { text: receiptText, caseNumber, number: Number(receiptNumber), issuedAt: Date.parse(issuedAt) };
  const kept = await store.keep(kit, row);
  const line = box.querySelector('[data-receipt-kept]');
  if (line && kept) line.hidden = false;
}
