/* The script of the page for participants. */

// Over plain HTTP, a computer in the room serves the page and the images: here is its address.
if (!isSecureContext) {
  const note = document.querySelector<HTMLElement>('[data-placeholder]');
  const placeholder = note?.dataset['placeholder'] ?? '';
  for (const command of document.querySelectorAll('.cmd kbd'))
    command.textContent = command.textContent.replace(placeholder, location.origin);
  note?.remove();
}
