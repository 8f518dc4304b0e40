// "Start the report": the report begins on this phone, whether or not there is network; its id stays the same.
const PATIENCE = 6000;

export default async function begin(form, kit) {
  const store = await kit.load('drafts');
  if (!(await store.open(kit))) return; // nothing can be kept: the plain form opens the case
  form.dataset.awake = 'yes';
  const buttons = document.querySelectorAll(`[form="${form.id}"]`);
  form.addEventListener('submit', async (event) => {
    event.preventDefault();
    if (form.dataset.going) return;
    form.dataset.going = 'yes';
    buttons.forEach((one) => one.setAttribute('aria-busy', 'true'));
    const draft = await store.begin();
    await Promise.race([store.flush(), new Promise((done) => setTimeout(done, navigator.onLine === false ? 0 : PATIENCE))]);
    const { opened } = await store.draft(draft.id);
    if (opened || (navigator.serviceWorker && navigator.serviceWorker.controller)) {
      location.assign('/p/' + draft.id + '/safety');
      return;
    }
    kit.toast(kit.text('keep.first'), 'bad');
    delete form.dataset.going;
    buttons.forEach((one) => one.removeAttribute('aria-busy'));
  });
}
