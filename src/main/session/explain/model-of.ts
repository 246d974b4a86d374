import type { ImageRef } from '../../ipc/contract.ts';
import { modelFolderOf } from '../../models/store.ts';
import { readModelIdentity } from '../../workspace/model-identity.ts';
import { defaultModelOf, usableIn } from '../models.ts';
import type { Session } from '../session.ts';

export interface AskedModel {
  readonly seal: string;
  readonly folder: string;
}

/**
 * The model that an image is explained by: the one named, else the one that answered for the image, else the one that
 * Classify starts with.
 * @throws HilumError `model/…`, `signature/…`, `batch/unknown`
 */
export async function modelOf(session: Session, image: ImageRef, named: string | null): Promise<AskedModel> {
  const id = named ?? (image.of === 'batch' ? session.study.records.batches.get(image.batch).modelSeal : undefined);
  const model = await knownFolder(session, id ?? (await defaultModelOf(session)));
  await usableIn(session)(model.folder);
  return model;
}

/** @throws HilumError `model/unknown`, `model/…` */
export async function knownFolder(session: Session, id: string): Promise<AskedModel> {
  const folder = await modelFolderOf(session.study.workspace.paths.state, id);
  const { seal } = await readModelIdentity(folder);
  return { seal, folder };
}
