// A one-time code: digits only, taken from the message where the phone offers it, sent when complete.
export default function codeinput(input) {
  const length = input.maxLength;
  const form = input.form;
  const tidy = () => {
    const digits = input.value.normalize('NFKC').replace(/\D/g, '').slice(0, length);
    if (digits !== input.value) input.value = digits;
    if (digits.length === length && form && 'codeSend' in input.dataset) form.requestSubmit();
  };
  input.addEventListener('input', tidy);
  input.addEventListener('paste', (event) => {
    event.preventDefault();
    input.value = event.clipboardData.getData('text');
    tidy();
  });
  if (!('OTPCredential' in window)) return;
  const stop = new AbortController();
  if (form) form.addEventListener('submit', () => stop.abort());
  navigator.credentials.get({ otp: { transport: ['sms'] }, signal: stop.signal })
    .then((found) => { if (found) { input.value = found.code; tidy(); } })
    .catch(() => {});
}
