import { spawn } from 'node:child_process';

/** The system's own way to open an address, started without a shell. */
const openers: Partial<Record<NodeJS.Platform, readonly [string, ...string[]]>> = {
  darwin: ['open'],
  win32: ['rundll32.exe', 'url.dll,FileProtocolHandler'],
};

/** @returns false where nothing could be started; whether a window came up is not known */
export function openBrowser(
  url: string,
  env: Readonly<Record<string, string | undefined>>,
  platform: NodeJS.Platform = process.platform,
): Promise<boolean> {
  const [program, ...words] = openers[platform] ?? ['xdg-open'];
  const { HILUM_TOKEN: _secret, ...others } = env;
  const child = spawn(program, [...words, url], { env: others, stdio: 'ignore', detached: true });
  child.unref();
  return new Promise((resolve) => {
    child.once('spawn', () => resolve(true));
    child.once('error', () => resolve(false));
  });
}
