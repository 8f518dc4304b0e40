// Codes that take turns on one screen until the other phone has them all.
const TURN = 400;

/** Show one of `codes` after the other while `box` is on the page; `say` tells which. */
export function take(box, codes, say) {
  if (codes.length < 2) return;
  let here = 0;
  const turn = () => {
    codes.forEach((code, index) => { code.hidden = index !== here; });
    if (say) say.textContent = `${here + 1} / ${codes.length}`;
    here = (here + 1) % codes.length;
  };
  turn();
  const timer = setInterval(() => { if (box.isConnected) turn(); else clearInterval(timer); }, TURN);
}
