import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { HilumError, hasCode } from '../../../pipeline/domain/errors.ts';
import { type Params, paramsSchema } from '../../../pipeline/domain/params.ts';
import { filesOf, sealedFiles } from '../../../pipeline/domain/sealed-model.ts';
import { readSeal } from '../../models/sealed-folder.ts';
import { modelFolderOf } from '../../models/store.ts';
import { readKeptSeal } from '../kept-files.ts';
import type { RunRecord } from '../run-record.ts';

/** What is recorded of the model that a run made. */
export interface RecordedModel {
  /** SHA-256 by the name of the file. */
  readonly files: ReadonlyMap<string, string>;
  /** What stands in its card besides figures; null where the model itself is not stored any more. */
  readonly card: { readonly title: string; readonly trained_on: string } | null;
}

const cardSchema = z.looseObject({ title: z.string(), trained_on: z.string() });

/**
 * The model of a run as it was sealed: from the store, else from the list of files that the run made.
 * @throws HilumError `verify/no-model`
 */
export async function recordedModel(state: string, { run, artefacts }: RunRecord): Promise<RecordedModel> {
  const folder = await storedFolder(state, run.id);
  if (folder !== undefined) {
    const seal = await readSeal(folder);
    const card = cardSchema.parse(JSON.parse(await readFile(join(folder, 'card.json'), 'utf8')));
    return { files: new Map(filesOf(seal).map(({ name, sha256 }) => [name, sha256])), card };
  }
  const known = new Set<string>(sealedFiles);
  const files = artefacts.flatMap(({ path, sha256 }): [string, string][] => {
    const [folderName, name = ''] = path.split('/').slice(-2);
    return folderName === 'model' && known.has(name) ? [[name, sha256]] : [];
  });
  if (run.outcome !== 'completed' || files.length === 0) throw new HilumError('verify/no-model', { run: run.id });
  return { files: new Map(files), card: null };
}

async function storedFolder(state: string, run: string): Promise<string | undefined> {
  const seal = await readKeptSeal(state, run);
  if (seal === null) return undefined;
  return modelFolderOf(state, seal).catch((error: unknown) => {
    if (hasCode(error, 'model/unknown')) return undefined;
    throw error;
  });
}

/** @throws HilumError `training/changed` when this version reads params.yaml in another form */
export function recordedParams({ run }: RunRecord): Params {
  const params = paramsSchema.safeParse(run.params);
  if (!params.success) throw new HilumError('training/changed', { what: 'The form of params.yaml' });
  return params.data;
}
