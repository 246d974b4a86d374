import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type Contract, contractSchema } from '../../../pipeline/domain/contract.ts';
import { HilumError } from '../../../pipeline/domain/errors.ts';
import type { ViewInput } from '../../../pipeline/domain/view.ts';
import type { ImageRef } from '../../ipc/contract.ts';
import { modelFolderOf } from '../../models/store.ts';
import { requireManifest } from '../../studies/dataset-tables.ts';
import type { Workspace } from '../../workspace/open.ts';
import type { Session } from '../session.ts';

type Rules = Pick<ViewInput, 'contract' | 'backbone'>;

/**
 * The rules by which a network sees the image: those of the batch's model, or those that params.yaml asks for.
 * @throws HilumError `batch/unknown`, `model/…`, `dataset/missing`
 */
export async function rulesFor({ study }: Session, ref: ImageRef): Promise<Rules> {
  const { records, workspace } = study;
  if (ref.of === 'dataset') return plannedRules(workspace);
  const { modelSeal } = records.batches.get(ref.batch);
  return { contract: await contractIn(await modelFolderOf(workspace.paths.state, modelSeal)) };
}

async function contractIn(folder: string): Promise<Contract> {
  const file = 'contract.json';
  try {
    return contractSchema.parse(JSON.parse(await readFile(join(folder, file), 'utf8')));
  } catch (error) {
    throw new HilumError('model/seal-broken', { file }, { cause: error });
  }
}

/** What `prepare` would write into the contract now; the backbone's value range is looked up by the worker. */
export async function plannedRules({ paths, config, params }: Workspace): Promise<Rules> {
  const rows = await requireManifest(paths);
  const { domains, ...rules } = params.image;
  const present = [...new Set(rows.map((row) => row.domain))].sort();
  const classes = config.classes ?? [...new Set(rows.map((row) => row.class))].sort();
  const contract = contractSchema.safeParse({
    version: 1,
    classes,
    domains: domains === 'auto' ? present : domains,
    ...rules,
    channels: 3,
    mean: 0,
    std: 1,
  });
  // A dataset of one class cannot be trained on, and needs no preview of training.
  if (!contract.success) throw new HilumError('dataset/one-class');
  return { contract: contract.data, backbone: params.backbone.name };
}
