/** A file dropped beside a drop zone would replace the page: nothing happens instead. Once, at the start of the page. */
export function startDropGuard(): void {
  window.addEventListener('dragover', (event) => {
    if (event.defaultPrevented) return;
    event.preventDefault();
    if (event.dataTransfer !== null) event.dataTransfer.dropEffect = 'none';
  });
  window.addEventListener('drop', (event) => event.preventDefault());
}
