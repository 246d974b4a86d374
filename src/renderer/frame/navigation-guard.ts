/**
 * The page leads nowhere but to itself: a link or a script that would replace it by another origin is stopped. What is
 * typed into the address bar is no business of the page. Once, at the start of the page.
 */
export function startNavigationGuard(): void {
  window.navigation.addEventListener('navigate', (event) => {
    if (new URL(event.destination.url).origin !== location.origin) event.preventDefault();
  });
}
