// Opens the dialog named by data-sheet; a dialog closes by its own form, Escape or a tap beside it.
export default function sheet(button) {
  const dialog = document.getElementById(button.dataset.sheet);
  button.addEventListener('click', (event) => {
    event.preventDefault();
    dialog.showModal();
  });
  dialog.addEventListener('click', (event) => { if (event.target === dialog) dialog.close(); });
}
