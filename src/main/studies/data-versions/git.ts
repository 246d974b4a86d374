import { execFile } from 'node:child_process';
import { once } from 'node:events';
import { HilumError } from '../../../pipeline/domain/errors.ts';
import { workspaceNames } from '../../workspace/names.ts';
import { parseYamlValue } from '../../workspace/yaml-file.ts';

export interface Commit {
  readonly commit: string;
  /** ISO 8601. */
  readonly at: string;
  readonly subject: string;
}

const mostCommits = 500;
const mostBytes = 256 * 2 ** 20;
/** Nothing of a repository's configuration may start a program, and nothing is written. */
const harmless = ['--no-pager', '--no-optional-locks', '-c', 'core.fsmonitor=false', '-c', 'core.hooksPath=/dev/null'];

/** Commits by MD5 of the dataset in their dvc.lock, newest first; empty without git or a repository. */
export async function commitsByHash(root: string, out: string): Promise<Map<string, Commit[]>> {
  const found = new Map<string, Commit[]>();
  const lock = await lockInRepository(root);
  if (lock === undefined) return found;
  const format = '--format=%H%x09%cI%x09%s';
  const log = await git(root, ['log', `--max-count=${mostCommits}`, format, '--', workspaceNames.lock]);
  const commits = (log ?? '').split('\n').flatMap((line): Commit[] => {
    const [commit = '', at = '', ...subject] = line.split('\t');
    return commit === '' ? [] : [{ commit, at, subject: subject.join(' ').slice(0, 120) }];
  });
  const asked = commits.map(({ commit }) => `${commit}:${lock}\n`).join('');
  const objects = blobsOf((await git(root, ['cat-file', '--batch'], asked)) ?? '');
  for (const [index, text] of objects.entries()) {
    const hash = text === undefined ? undefined : datasetIn(text, out);
    const commit = commits[index];
    if (hash !== undefined && commit !== undefined) found.set(hash, [...(found.get(hash) ?? []), commit]);
  }
  return found;
}

/**
 * MD5 of the dataset in the dvc.lock of a git revision; undefined where git knows no such revision.
 * @throws HilumError `data/not-in-revision` when that commit has no dvc.lock, or none that names the dataset
 */
export async function hashAtRevision(root: string, out: string, revision: string): Promise<string | undefined> {
  if (revision.startsWith('-')) return undefined;
  const lock = await lockInRepository(root);
  if (lock === undefined) return undefined;
  const commit = (await git(root, ['rev-parse', '--verify', '--quiet', `${revision}^{commit}`]))?.trim();
  if (commit === undefined || commit === '') return undefined;
  const text = await git(root, ['cat-file', 'blob', `${commit}:${lock}`]);
  const hash = text === undefined ? undefined : datasetIn(text, out);
  if (hash === undefined) throw new HilumError('data/not-in-revision', { revision });
  return hash;
}

/** Name of dvc.lock below the repository's top. */
async function lockInRepository(root: string): Promise<string | undefined> {
  const prefix = await git(root, ['rev-parse', '--show-prefix']);
  return prefix === undefined ? undefined : `${prefix.trimEnd()}${workspaceNames.lock}`;
}

/** What git prints; undefined when it is not there or says no. */
async function git(root: string, words: readonly string[], input?: string): Promise<string | undefined> {
  const child = execFile('git', ['-C', root, ...harmless, ...words], { maxBuffer: mostBytes, timeout: 60_000 });
  let text = '';
  child.stdout?.setEncoding('utf8').on('data', (piece: string) => {
    text += piece;
  });
  // Git may end before it has read all.
  child.stdin?.on('error', () => undefined);
  child.stdin?.end(input ?? '');
  try {
    const [code] = await once(child, 'close');
    return code === 0 ? text : undefined;
  } catch {
    // There is no git.
    return undefined;
  }
}

/** Objects of `cat-file --batch` in the order they were asked for; undefined for one that is missing. */
function blobsOf(printed: string): (string | undefined)[] {
  const bytes = Buffer.from(printed);
  const blobs: (string | undefined)[] = [];
  for (let at = 0; at < bytes.length; ) {
    const end = bytes.indexOf(10, at);
    if (end < 0) break;
    const head = /^[0-9a-f]+ blob (\d+)$/.exec(bytes.toString('utf8', at, end));
    const size = head === null ? undefined : Number(head[1]);
    blobs.push(size === undefined ? undefined : bytes.toString('utf8', end + 1, end + 1 + size));
    at = size === undefined ? end + 1 : end + 1 + size + 1;
  }
  return blobs;
}

/** MD5 of the output in the text of a dvc.lock. */
function datasetIn(text: string, out: string): string | undefined {
  let lock: unknown;
  try {
    lock = parseYamlValue(text, workspaceNames.lock);
  } catch {
    return undefined;
  }
  const outs = valuesOf(under(lock, 'stages')).flatMap((stage) => valuesOf(under(stage, 'outs')));
  const md5 = under(
    outs.find((each) => under(each, 'path') === out),
    'md5',
  );
  return typeof md5 === 'string' ? md5 : undefined;
}

function under(value: unknown, key: string): unknown {
  return typeof value === 'object' && value !== null && Object.hasOwn(value, key) ? Reflect.get(value, key) : undefined;
}

function valuesOf(value: unknown): unknown[] {
  return typeof value === 'object' && value !== null ? Object.values(value) : [];
}
