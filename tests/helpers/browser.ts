import { type Browser, chromium } from 'playwright';
import { findBrowser } from '../../tools/lib/find-browser.mjs';

const found = await findBrowser();

/** No browser was found: specs that need one skip, and the runner has said so. */
export const noBrowser = found === undefined;

/** What a browser does on its own would be traffic and noise in a test. */
const quiet = [
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/** Starts the browser that was found, without a window. */
export function launchBrowser(): Promise<Browser> {
  if (found === undefined) throw new Error('There is no browser here.');
  // Chromium's sandbox does not run as root.
  const args = process.getuid?.() === 0 ? ['--no-sandbox', ...quiet] : quiet;
  return chromium.launch({ executablePath: found.path, args });
}
