import type { AppPort, ContentsPort, Preventable, SessionPort } from './electron-port.ts';

/** Origin of the page. */
export const pageOrigin = 'app://bundle';

/** Only files of the page itself and what the page made in memory are ever loaded; no network, no disk (FAULTS A6, D7). */
export function isOwnAddress(url: string): boolean {
  return /^(blob:)?app:\/\/bundle\//.test(url);
}

/** The page never goes anywhere: it has one address, and its screens are behind the `#`. */
export function denyNavigation(event: Preventable): void {
  event.preventDefault();
}

export function denyWindow(): { action: 'deny' } {
  return { action: 'deny' };
}

/** No request leaves, no permission is given, nothing is downloaded by the page itself. */
export function closeSession(session: SessionPort): void {
  session.webRequest.onBeforeRequest(({ url }, answer) => answer({ cancel: !isOwnAddress(url) }));
  session.setPermissionRequestHandler((_contents, _permission, answer) => answer(false));
  session.setPermissionCheckHandler(() => false);
  session.setDevicePermissionHandler(() => false);
  // Its dictionaries would come from a server.
  session.setSpellCheckerEnabled(false);
  session.on('will-download', (event) => event.preventDefault());
}

/** Each page, whoever makes it: no navigation, no new window, no embedded page. No certificate is ever excused. */
export function denyOutside(app: AppPort): void {
  app.on('web-contents-created', (_event, contents) => denyFor(contents));
  app.on('certificate-error', (event, _contents, _url, _error, _certificate, answer) => {
    event.preventDefault();
    answer(false);
  });
}

function denyFor(contents: ContentsPort): void {
  contents.setWindowOpenHandler(denyWindow);
  contents.on('will-navigate', denyNavigation);
  contents.on('will-frame-navigate', denyNavigation);
  contents.on('will-redirect', denyNavigation);
  contents.on('will-attach-webview', denyNavigation);
}
