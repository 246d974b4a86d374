import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { stringify } from 'yaml';
import { HilumError } from '../../../pipeline/domain/errors.ts';
import { type SweepDefinition, sweepSchema } from '../../../pipeline/domain/sweep.ts';
import { parseYaml, parseYamlValue, readYamlFile } from '../../workspace/yaml-file.ts';

/** What defines a sweep on the command line. */
export interface SweepWords {
  readonly file?: string | undefined;
  /** `training.l2=0.001,0.01` */
  readonly grid: readonly string[];
  /** `training.l2=log:0.0001..0.1` */
  readonly range: readonly string[];
  readonly random?: number | undefined;
  readonly seed?: number | undefined;
  readonly objective?: string | undefined;
  readonly eta?: number | undefined;
  readonly leastEpochs?: number | undefined;
  readonly name?: string | undefined;
}

const usualFile = 'sweep.yaml';

/**
 * The sweep that the options spell out, or that of a file: the one named, else sweep.yaml of the workspace.
 * @throws HilumError `config/…` with file, line and nearest key; `usage/bad-option`
 */
export async function sweepDefinition(words: SweepWords, root: string, cwd: string): Promise<SweepDefinition> {
  const { file, ...options } = words;
  const spelled = Object.values(options).some((value) =>
    Array.isArray(value) ? value.length > 0 : value !== undefined,
  );
  if (!spelled) return readYamlFile(file === undefined ? usualPath(root) : resolve(cwd, file), sweepSchema);
  if (file !== undefined) {
    throw new HilumError('usage/bad-option', { what: 'a file defines the whole sweep; leave the other options out' });
  }
  return parsed({
    ...(options.name === undefined ? {} : { name: options.name }),
    search: searchOf(options),
    ...randomOf(options),
    ...(options.objective === undefined ? {} : { objective: options.objective }),
    halving: {
      ...(options.eta === undefined ? {} : { eta: options.eta }),
      ...(options.leastEpochs === undefined ? {} : { least_epochs: options.leastEpochs }),
    },
  });
}

/** @throws HilumError `usage/bad-option` that says how else a sweep is defined */
function usualPath(root: string): string {
  const path = join(root, usualFile);
  if (existsSync(path)) return path;
  throw new HilumError('usage/bad-option', {
    what: `give values, for example --grid training.l2=0.1,0.5, or a file; the workspace holds no ${usualFile}`,
  });
}

/** Checked as a file is, so that keys and values get the same sentences; there are no lines to name. */
function parsed(definition: object): SweepDefinition {
  try {
    return parseYaml(stringify(definition, { aliasDuplicateObjects: false }), 'the options', sweepSchema);
  } catch (error) {
    if (!(error instanceof HilumError)) throw error;
    throw new HilumError(error.code, { ...error.facts, line: undefined }, { cause: error });
  }
}

function randomOf({ random, seed }: Pick<SweepWords, 'random' | 'seed'>): object {
  if (random !== undefined) return { random: { candidates: random, ...(seed === undefined ? {} : { seed }) } };
  if (seed === undefined) return {};
  throw new HilumError('usage/bad-option', { what: '--seed: only goes with --random' });
}

function searchOf({ grid, range }: Pick<SweepWords, 'grid' | 'range'>): object {
  const search = new Map<string, unknown>();
  for (const word of grid) put(search, ...split('--grid', word, (text) => parseYamlValue(`[${text}]`, '--grid')));
  for (const word of range) put(search, ...split('--range', word, rangeOf));
  return plain(search);
}

/** @throws HilumError `usage/bad-option` */
function split(option: string, word: string, read: (text: string) => unknown): [string[], unknown] {
  const at = word.indexOf('=');
  if (at < 1) throw new HilumError('usage/bad-option', { what: `${option}: expected KEY=VALUES, got "${word}"` });
  return [word.slice(0, at).trim().split('.'), read(word.slice(at + 1))];
}

function rangeOf(text: string): object {
  const match = /^(?:(linear|log):)?([^.]*(?:\.\d+)?[^.]*)\.\.(.+)$/.exec(text.trim());
  const [low, high] = [Number(match?.[2] || Number.NaN), Number(match?.[3] || Number.NaN)];
  if (match === null || Number.isNaN(low) || Number.isNaN(high)) {
    throw new HilumError('usage/bad-option', { what: `--range: expected LOW..HIGH or log:LOW..HIGH, got "${text}"` });
  }
  return { low, high, scale: match[1] ?? 'linear' };
}

type Tree = Map<string, unknown>;

function put(into: Tree, [key = '', ...rest]: readonly string[], value: unknown): void {
  if (rest.length === 0) {
    into.set(key, value);
    return;
  }
  const inner = into.get(key);
  const next: Tree = inner instanceof Map ? inner : new Map();
  into.set(key, next);
  put(next, rest, value);
}

function plain(tree: Tree): Record<string, unknown> {
  return Object.fromEntries([...tree].map(([key, value]) => [key, value instanceof Map ? plain(value) : value]));
}
