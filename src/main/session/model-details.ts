import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { z } from 'zod';
import { contractSchema } from '../../pipeline/domain/contract.ts';
import { contractSteps } from '../../pipeline/domain/contract-words.ts';
import { HilumError } from '../../pipeline/domain/errors.ts';
import { cardSchema, type SealedFile } from '../../pipeline/domain/sealed-model.ts';
import type { Output } from '../ipc/contract.ts';
import { readAnswering } from '../models/answering.ts';
import { checkSealedFolder } from '../models/sealed-folder.ts';
import { defaultModelOf, describeModel, knownModel } from './models.ts';
import type { Session } from './session.ts';

/** Card, contract and files of a model whose bytes are the sealed ones. @throws HilumError `model/…` */
export async function modelDetails(session: Session, id: string): Promise<Output<'models/get'>> {
  const known = await knownModel(session, id);
  const files = await checkSealedFolder(known.folder);
  const contract = await readPart(known.folder, 'contract.json', contractSchema);
  const { calibration, gate } = await readAnswering(known.folder);
  return {
    model: await describeModel(session, known, await defaultModelOf(session)),
    card: await readPart(known.folder, 'card.json', cardSchema),
    contract,
    steps: contractSteps(contract),
    temperature: calibration.temperature,
    reviewBelow: calibration.review_below,
    evidence: calibration.evidence,
    gate: gate === undefined ? null : { limit: gate.limit, refusals: gate.refusals, evidence: gate.evidence },
    files,
  };
}

async function readPart<T>(folder: string, file: SealedFile, schema: z.ZodType<T>): Promise<T> {
  const parsed = schema.safeParse(JSON.parse(await readFile(join(folder, file), 'utf8')));
  if (!parsed.success) throw new HilumError('model/seal-broken', { file }, { cause: parsed.error });
  return parsed.data;
}
