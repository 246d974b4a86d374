/**
 * The page leads nowhere but to itself: a link or a script that would replace it by another origin is stopped. What is
 * typed into the address bar is no business of the page. Once, at the start of the page.
 */
export function startNavigationGuard(): void {
  window.navigation.addEventListener('navigate', (event) => {
    if (!isOwn(event.destination.url)) event.preventDefault();
  });
  // Links to some schemes are not announced as navigations, and would leave an empty page.
  window.addEventListener('click', (event) => {
    const link = event.target instanceof Element ? event.target.closest('a') : null;
    if (link?.hasAttribute('href') && !isOwn(link.href)) event.preventDefault();
  });
}

function isOwn(address: string): boolean {
  return URL.parse(address)?.origin === location.origin;
}
