import { readFile } from 'node:fs/promises';
import { basename, join, resolve } from 'node:path';
import { z } from 'zod';
import { contractSchema } from '../../pipeline/domain/contract.ts';
import { errnoOf, HilumError } from '../../pipeline/domain/errors.ts';
import { cardSchema, type ModelCard, sealFile, sealSchema, sealVersion } from '../../pipeline/domain/sealed-model.ts';

/** Who a sealed model says it is. The worker checks every hash before the model answers anything. */
export interface ModelIdentity {
  /** Absolute path. */
  readonly folder: string;
  /** Root hash of its seal. */
  readonly seal: string;
  readonly classes: readonly string[];
  readonly card: ModelCard;
  /** Learned from phantoms, not from patients: said wherever its name appears. */
  readonly synthetic: boolean;
}

/** Words on a card that say no patient was in the training data. */
const syntheticWords = 'synthetic images';

/** @throws HilumError `model/missing`, `model/not-sealed`, `model/seal-broken` (naming the file), `model/newer` */
export async function readModelIdentity(folder: string): Promise<ModelIdentity> {
  const anySeal = await readPart(folder, sealFile, z.looseObject({ version: z.int().min(1) }));
  if (anySeal.version > sealVersion) throw new HilumError('model/newer', { version: anySeal.version });
  const { hash } = await readPart(folder, sealFile, sealSchema);
  const { classes } = await readPart(folder, 'contract.json', contractSchema);
  const card = await readPart(folder, 'card.json', cardSchema);
  return { folder, seal: hash, classes, card, synthetic: card.trained_on.includes(syntheticWords) };
}

const syntheticRemark = '(trained on synthetic images)';

/** `Study (trained on synthetic images)`; a title that says so itself is left as it is. */
export function modelTitle({ card, synthetic }: ModelIdentity): string {
  return synthetic && !card.title.includes(syntheticRemark) ? `${card.title} ${syntheticRemark}` : card.title;
}

async function readPart<T>(folder: string, file: string, schema: z.ZodType<T>): Promise<T> {
  try {
    return schema.parse(JSON.parse(await readFile(join(folder, file), 'utf8')));
  } catch (error) {
    const errno = errnoOf(error);
    if (errno === 'ENOENT' && file !== sealFile) throw new HilumError('model/not-sealed', { file }, { cause: error });
    if (errno === 'ENOENT') throw await withoutSeal(folder);
    if (errno === 'ENOTDIR')
      throw new HilumError('model/missing', { model: basename(resolve(folder)) }, { cause: error });
    throw new HilumError('model/seal-broken', { file }, { cause: error });
  }
}

async function withoutSeal(folder: string): Promise<HilumError> {
  const isThere = await readFile(folder).then(
    () => true,
    (error: unknown) => errnoOf(error) !== 'ENOENT',
  );
  if (isThere) return new HilumError('model/not-sealed', { file: sealFile });
  return new HilumError('model/missing', { model: basename(resolve(folder)) });
}
