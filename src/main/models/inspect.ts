import { lstat, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { errnoOf, HilumError, sentenceOf, toEnvelope } from '../../pipeline/domain/errors.ts';
import { type ModelIdentity, readModelIdentity } from '../workspace/model-identity.ts';
import { readAnswering } from './answering.ts';
import { checkSealedFolder } from './sealed-folder.ts';

/** What the files of a sealed model say, all hashes compared. */
export interface ModelState {
  /** Undefined when not even its card can be read. */
  readonly identity: ModelIdentity | undefined;
  readonly bytes: number;
  /** Of held-out images; null when that was not measured or cannot be read. */
  readonly answering: { readonly coverage: number; readonly accuracy: number | null } | null;
  /** Why it cannot be used; null when nothing speaks against it. */
  readonly problem: string | null;
}

/** By folder, with sizes and times of its files: hashing a whole list of models again would be felt. */
const known = new Map<string, { readonly stamp: string; readonly state: ModelState }>();

/** Looks at a model without using it: no worker, no self-test. Never throws for what is wrong with the model. */
export async function inspectModel(folder: string): Promise<ModelState> {
  const { stamp, bytes } = await stampOf(folder);
  const before = known.get(folder);
  if (before?.stamp === stamp) return before.state;
  const state = { ...(await look(folder)), bytes };
  known.set(folder, { stamp, state });
  return state;
}

async function look(folder: string): Promise<Omit<ModelState, 'bytes'>> {
  let identity: ModelIdentity | undefined;
  try {
    identity = await readModelIdentity(folder);
    await checkSealedFolder(folder);
    const { evidence } = (await readAnswering(folder)).calibration;
    const answering = evidence && { coverage: evidence.answering.coverage, accuracy: evidence.answering.accuracy };
    return { identity, answering, problem: null };
  } catch (error) {
    return { identity, answering: null, problem: problemOf(error) };
  }
}

/** Sentence for what is wrong with a model. @throws what is no fault of the model */
export function problemOf(error: unknown): string {
  const errno = errnoOf(error);
  if (errno !== undefined && !(error instanceof HilumError)) return sentenceOf('image/unreadable', { errno });
  if (!(error instanceof HilumError)) throw error;
  const { code, facts } = toEnvelope(error);
  return sentenceOf(code, facts);
}

async function stampOf(folder: string): Promise<{ stamp: string; bytes: number }> {
  const names: readonly string[] = await readdir(folder).catch(() => []);
  let bytes = 0;
  const lines = await Promise.all(
    [...names].sort().map(async (name) => {
      const stats = await lstat(join(folder, name)).catch(() => undefined);
      bytes += stats?.size ?? 0;
      return `${name} ${stats?.size} ${stats?.mtimeMs} ${stats?.ctimeMs} ${stats?.ino}`;
    }),
  );
  return { stamp: lines.join('\n'), bytes };
}
