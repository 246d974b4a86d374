import { type ChildProcess, spawn } from 'node:child_process';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

/** Repository root. */
export const root = fileURLToPath(new URL('../..', import.meta.url));
const cliFile = join(root, 'out', 'main', 'cli.cjs');

/** `hilum serve` as a process of its own. */
export interface Serving {
  readonly pid: number;
  readonly port: number;
  /** `http://127.0.0.1:<port>` */
  readonly origin: string;
  /** Address with the token. */
  readonly url: string;
  /** Everything it said on stderr. */
  words(): string;
  /** Asks it to end. @returns its exit code */
  stop(): Promise<number | null>;
  /** Ends it as a power cut would; its workers are left to notice. */
  kill(): Promise<void>;
}

export interface ServeOptions {
  readonly port?: number;
  /** Folder of a workspace; left out: the default one below the folder. */
  readonly workspace?: string;
  /** Folders that the page may read; left out: the whole folder. */
  readonly roots?: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
}

/** The same over restarts: an open page finds its way back. */
const token = 'token-of-the-e2e-specs-0123456789';

export const userDataOf = (folder: string): string => join(folder, 'user-data');
export const defaultWorkspaceOf = (folder: string): string => join(userDataOf(folder), 'hilum', 'workspace');

/** Starts the server that the page comes from; nothing of the machine but `folder` is read or written. */
export async function serveApp(folder: string, options: ServeOptions = {}): Promise<Serving> {
  const { port = 0, workspace, roots = [folder], env } = options;
  const place = workspace === undefined ? [] : ['--workspace', workspace];
  const words = ['serve', '--json', '--port', String(port), ...place, ...roots.flatMap((each) => ['--root', each])];
  const child = spawn(process.execPath, [cliFile, ...words], {
    cwd: folder,
    env: { ...process.env, XDG_DATA_HOME: userDataOf(folder), USER: 'reader', HILUM_TOKEN: token, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let said = '';
  child.stderr.on('data', (piece: Buffer) => {
    said += piece.toString();
  });
  const ended = new Promise<number | null>((resolve) => child.on('close', resolve));
  const line = await Promise.race([firstLineOf(child), ended]);
  if (typeof line !== 'string') throw new Error(`hilum serve ended with ${line}: ${said}`);
  const told: { readonly port: number } = JSON.parse(line);
  const origin = `http://127.0.0.1:${told.port}`;
  const end = async (signal: NodeJS.Signals): Promise<number | null> => {
    child.kill(signal);
    return ended;
  };
  return {
    pid: child.pid ?? 0,
    port: told.port,
    origin,
    url: `${origin}/#token=${token}`,
    words: () => said,
    stop: () => end('SIGTERM'),
    kill: async () => void (await end('SIGKILL')),
  };
}

function firstLineOf(child: ChildProcess): Promise<string> {
  const { stdout } = child;
  if (stdout === null) throw new Error('stdout is not piped');
  return new Promise((resolve) => createInterface({ input: stdout }).once('line', resolve));
}
