import { stat } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import { z } from 'zod';
import type { AppPort } from './electron-port.ts';

/** What a second start hands to the first one. */
export interface StartData extends Record<string, unknown> {
  /** Absolute. */
  readonly paths: readonly string[];
}

const startDataSchema = z.object({ paths: z.array(z.string().min(1).max(4096)).max(100) });

/**
 * Files and folders named at the start. Options are Chromium's and ours, never paths.
 *
 * @param argv whole command line: the program, from a checkout also the app's folder, then what the user gave
 */
export function pathsGiven(argv: readonly string[], cwd: string, isPackaged: boolean): string[] {
  return argv
    .slice(1)
    .filter((word) => word !== '' && !word.startsWith('-'))
    .slice(isPackaged ? 0 : 1)
    .map((word) => resolve(cwd, word));
}

/** Data of a second start. It comes from another process: what does not fit is nothing. */
export function parseStartData(data: unknown): readonly string[] {
  const parsed = startDataSchema.safeParse(data);
  return parsed.success ? parsed.data.paths : [];
}

/** The folder that is meant: the given one, or the one that a given file lies in. undefined when nothing is there. */
export async function folderOf(path: string): Promise<string | undefined> {
  try {
    const entry = await stat(path);
    if (entry.isDirectory()) return path;
    return entry.isFile() ? dirname(path) : undefined;
  } catch {
    return undefined;
  }
}

/** `start`: given on our own command line, or before anybody listened; `later`: by another start, or by the system. */
export type GivenAt = 'start' | 'later';

/** Paths that the system hands over, kept until somebody opens them: on macOS the first come before the app is ready. */
export interface GivenPaths {
  /** @param open called for each start that gives paths, also for a later one that gives none */
  onGiven(open: (paths: readonly string[], at: GivenAt) => void): void;
}

export function collectGiven(app: Pick<AppPort, 'on'>, atStart: readonly string[]): GivenPaths {
  const waiting: (readonly string[])[] = atStart.length > 0 ? [atStart] : [];
  let open: ((paths: readonly string[], at: GivenAt) => void) | undefined;
  const give = (paths: readonly string[]): void => {
    if (open === undefined) waiting.push(paths);
    else open(paths, 'later');
  };
  app.on('second-instance', (_event, _argv, _cwd, data) => give(parseStartData(data)));
  app.on('open-file', (event, path) => {
    event.preventDefault();
    give([path]);
  });
  return {
    onGiven: (listener) => {
      open = listener;
      for (const paths of waiting.splice(0)) listener(paths, 'start');
    },
  };
}
