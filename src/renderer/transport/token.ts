const storageKey = 'hilum.token';

/**
 * Token of this tab: from the address that the program printed (`#token=…`), later from the tab's own storage. It is taken
 * out of the address bar, so that it stays out of history, bookmarks and screenshots.
 */
export function takeToken(): string | null {
  const given = /^#token=([\w.~-]+)/.exec(location.hash)?.[1];
  if (given === undefined) return sessionStorage.getItem(storageKey);
  sessionStorage.setItem(storageKey, given);
  history.replaceState(null, '', `${location.pathname}${location.search}#/`);
  return given;
}
