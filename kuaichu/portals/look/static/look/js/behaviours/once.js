// A form goes out once: after the first tap its buttons rest until the answer, an error or the way back.
export default function once(form, kit) {
  const buttons = () => [...form.elements, ...document.querySelectorAll(`[form="${form.id || '-'}"]`)].filter((one) => one.type === 'submit');
  const rest = () => {
    for (const button of buttons()) {
      button.setAttribute('aria-disabled', 'true');
      button.setAttribute('aria-busy', 'true');
    }
    form.dataset.sending = 'yes';
  };
  const wake = () => {
    for (const button of buttons()) {
      button.removeAttribute('aria-disabled');
      button.removeAttribute('aria-busy');
    }
    delete form.dataset.sending;
  };
  form.addEventListener('submit', (event) => {
    if (form.dataset.sending) {
      event.preventDefault();
      event.stopImmediatePropagation();
      return;
    }
    // Another behaviour may still refuse the submission, so rest only when it really goes out.
    setTimeout(() => { if (!event.defaultPrevented || form.matches('[hx-post],[hx-put],[hx-patch],[hx-delete]')) rest(); });
    setTimeout(() => { if (form.dataset.sending && navigator.onLine === false) { wake(); kit.toast(kit.text('toast.offline'), 'bad'); } }, 4000);
  });
  for (const name of ['htmx:afterRequest', 'htmx:responseError', 'htmx:sendError']) form.addEventListener(name, wake);
  addEventListener('pageshow', wake);
}
