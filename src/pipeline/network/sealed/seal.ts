import { join } from 'node:path';
import { writeFileAtomic, writeFolderAtomic } from '../../disk/atomic.ts';
import { canonicalJson, sha256 } from '../../disk/hash.ts';
import { contractSchema } from '../../domain/contract.ts';
import { HilumError } from '../../domain/errors.ts';
import {
  calibrationSchema,
  cardSchema,
  goldenSchema,
  type Seal,
  type SealedFile,
  sealedFiles,
  sealFile,
  sealVersion,
} from '../../domain/sealed-model.ts';
import { allFinite } from '../weights.ts';
import { jsonText, type SealedContents, sealedBytes } from './files.ts';

/**
 * Writes a sealed model: all files aside, then one swap. An old model in the folder is replaced whole or not at all.
 * @throws HilumError `model/not-finite`, `disk/…`; ZodError when contents do not fit their schemas (our bug)
 */
export async function sealModel(folder: string, contents: SealedContents): Promise<Seal> {
  for (const [name, { data }] of contents.network.weights) {
    if (!allFinite(data)) throw new HilumError('model/not-finite', { what: name });
  }
  const bytes = sealedBytes({
    network: contents.network,
    contract: contractSchema.parse(contents.contract),
    golden: goldenSchema.parse(contents.golden),
    calibration: calibrationSchema.parse(contents.calibration),
    card: cardSchema.parse(contents.card),
  });
  const seal = sealOf(bytes);
  return writeFolderAtomic(folder, async (aside) => {
    for (const name of sealedFiles) await writeFileAtomic(join(aside, name), bytes[name]);
    await writeFileAtomic(join(aside, sealFile), jsonText(seal));
    return seal;
  });
}

function sealOf(bytes: Readonly<Record<SealedFile, Uint8Array>>): Seal {
  const hashOf = (name: SealedFile): string => sha256(bytes[name]);
  const files = {
    'model.json': hashOf('model.json'),
    'weights.bin': hashOf('weights.bin'),
    'model.onnx': hashOf('model.onnx'),
    'contract.json': hashOf('contract.json'),
    'golden.json': hashOf('golden.json'),
    'calibration.json': hashOf('calibration.json'),
    'card.json': hashOf('card.json'),
    'card.md': hashOf('card.md'),
  };
  const body = { format: 'hilum-sealed-model', version: sealVersion, files } as const;
  return { ...body, hash: sha256(canonicalJson(body)) };
}
