import { existsSync } from 'node:fs';
import { homedir } from 'node:os';
import { join, resolve } from 'node:path';
import type { Command } from 'commander';
import { z } from 'zod';
import { HilumError } from '../../../pipeline/domain/errors.ts';
import { notice } from '../../../pipeline/domain/outcome.ts';
import type { Core, Surface } from '../../ipc/core.ts';
import { isHostName, isLoopback, loopback } from '../../serve/hosts.ts';
import { openBrowser } from '../../serve/open-browser.ts';
import { operatorToken, tokenVariable } from '../../serve/operator-token.ts';
import type { RunningServer } from '../../serve/server.ts';
import { newToken } from '../../serve/token.ts';
import { workspaceNames } from '../../workspace/names.ts';
import { locateWorkspace } from '../../workspace/open.ts';
import { userDataFolder } from '../../workspace/user-folders.ts';
import { addWorkspaceOption, defineCommand, workspaceOption } from '../command.ts';
import type { CliContext } from '../context.ts';

export interface OpenCoreOptions {
  readonly surface: Surface;
  /** Workspace that the operator named; undefined: the user's own. */
  readonly workspace: string | undefined;
  readonly context: CliContext;
  readonly onBug: OnBug;
}

/** What the command stands on. */
export interface ServeParts {
  openCore(options: OpenCoreOptions): Promise<Core>;
  /** The built page. */
  readonly rendererFolder: string;
}

/** Told of each fault of our own; what it was about stays unsaid. */
type OnBug = (where: string, error: unknown) => void;

const optionsSchema = z.object({
  ...workspaceOption,
  port: z.coerce.number().int().min(0).max(65_535).default(0),
  host: z.string().min(1).default(loopback),
  root: z.array(z.string().min(1)).default([]),
  allowHost: z.array(z.string().refine(isHostName, 'expected a host name, with or without a port')).default([]),
  tokenFile: z.string().min(1).optional(),
  open: z.boolean().default(false),
});
type Options = z.infer<typeof optionsSchema>;

const collect = (value: string, before: readonly string[] = []): readonly string[] => [...before, value];

function configure(command: Command): void {
  addWorkspaceOption(command);
  command
    .option('--port <port>', 'port to listen on (default: any that is free)')
    .option('--host <address>', `address to listen on (default ${loopback}: this machine only)`)
    .option('--root <folder>', 'folder that the page may read, repeatable (default: your home folder)', collect)
    .option('--allow-host <name>', 'name by which the page is reached, repeatable; with or without a port', collect)
    .option('--token-file <file>', `file with the token of the page (else ${tokenVariable}, else a new one)`)
    .option('--open', 'opens the page in the browser of this machine');
}

export const serveCommand = (parts: ServeParts) =>
  defineCommand({
    name: 'serve',
    summary: 'the window in a browser: on this machine only, unless an address and a token are given',
    options: optionsSchema,
    configure,
    run: (options, context) => run(options, context, parts),
  });

async function run(options: Options, context: CliContext, parts: ServeParts): Promise<number> {
  const given = await operatorToken(inCwd(context, options.tokenFile), context.env);
  const { host } = options;
  if (given === undefined && !isLoopback(host)) throw tokenNeeded(host);
  const token = given ?? newToken();
  const workspace = options.workspace === undefined ? undefined : await locateWorkspace(context.cwd, options.workspace);
  // Loaded here, so that no other command pays for it.
  const [{ browserSurface }, { startServer }] = await Promise.all([
    import('../../serve/surface.ts'),
    import('../../serve/server.ts'),
  ]);
  const { surface, uploads, downloads } = await browserSurface({
    roots: rootsOf(options, context, workspace),
    stateFolder: workspace === undefined ? userDataFolder(context.env) : join(workspace, workspaceNames.state),
    canSwitchWorkspace: workspace === undefined,
  });
  if (workspace !== undefined) surface.access.grant(workspace);
  const onBug: OnBug = (where, error) =>
    context.say(`hilum: a fault of the program at ${where} (${error instanceof Error ? error.name : typeof error})`);
  const core = await parts.openCore({ surface, workspace, context, onBug });
  try {
    const server = await startServer({
      core,
      uploads,
      downloads,
      token,
      host,
      port: options.port,
      allowedHosts: options.allowHost,
      rendererFolder: parts.rendererFolder,
      onBug,
    });
    announce(server, given === undefined ? token : undefined, context);
    if (options.open && !(await openBrowser(server.openingUrl(), context.env)))
      context.say('No browser could be started here: open the address yourself.');
    await aborted(context.signal);
    await server.close();
    return 0;
  } finally {
    await core.close();
  }
}

/** @param token of this session; the operator's own is never written anywhere */
function announce(server: RunningServer, token: string | undefined, context: CliContext): void {
  const { port } = server;
  const url = token === undefined ? server.url : `${server.url}#token=${token}`;
  context.say(notice);
  if (token === undefined) context.say('Add #token= and your token to the address.');
  context.data(
    context.json ? `${JSON.stringify({ url, port, token: token ?? null, pid: process.pid })}\n` : `${url}\n`,
  );
}

/** Whoever sits at this machine can read the home folder anyway; for others nothing is open that was not named. */
function rootsOf({ root, host }: Options, context: CliContext, workspace: string | undefined): string[] {
  if (root.length > 0) return root.map((folder) => resolve(context.cwd, folder));
  if (isLoopback(host)) return existsSync(homedir()) ? [homedir()] : [];
  return workspace === undefined ? [] : [workspace];
}

function inCwd(context: CliContext, path: string | undefined): string | undefined {
  return path === undefined ? undefined : resolve(context.cwd, path);
}

function tokenNeeded(host: string): HilumError {
  const what = `--host ${host} lets other machines in: set ${tokenVariable} or --token-file to a token of your own first`;
  return new HilumError('usage/bad-option', { what });
}

function aborted(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) resolve();
    else signal.addEventListener('abort', () => resolve(), { once: true });
  });
}

export const serve = serveCommand({
  async openCore({ surface, workspace, context, onBug }) {
    const { openCore } = await import('../../session/index.ts');
    const { env, openWorker, now, newId } = context;
    return openCore({ surface, env, workspace, openWorker, now, newId, onBug });
  },
  // Beside the folder of the built command line.
  rendererFolder: join(import.meta.dirname, '..', 'renderer'),
});
