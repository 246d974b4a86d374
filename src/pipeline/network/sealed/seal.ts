import { join } from 'node:path';
import { writeFileAtomic, writeFolderAtomic } from '../../disk/atomic.ts';
import { canonicalJson, sha256 } from '../../disk/hash.ts';
import { calibrationSchema } from '../../domain/calibration.ts';
import { contractSchema } from '../../domain/contract.ts';
import { HilumError } from '../../domain/errors.ts';
import { gateSchema } from '../../domain/gate.ts';
import {
  cardSchema,
  goldenSchema,
  type Seal,
  sealedFiles,
  sealFile,
  sealSchema,
  sealVersion,
} from '../../domain/sealed-model.ts';
import { trustSchema } from '../../domain/trust.ts';
import { allFinite } from '../weights.ts';
import { jsonText, type SealedBytes, type SealedContents, sealedBytes } from './files.ts';

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
    gate: gateSchema.optional().parse(contents.gate),
    trust: trustSchema.optional().parse(contents.trust),
  });
  const seal = sealOf(bytes);
  return writeFolderAtomic(folder, async (aside) => {
    for (const name of sealedFiles) {
      const content = bytes[name];
      if (content !== undefined) await writeFileAtomic(join(aside, name), content);
    }
    await writeFileAtomic(join(aside, sealFile), jsonText(seal));
    return seal;
  });
}

function sealOf(bytes: SealedBytes): Seal {
  const files = Object.fromEntries(
    sealedFiles.flatMap((name) => {
      const content = bytes[name];
      return content === undefined ? [] : [[name, sha256(content)] as const];
    }),
  );
  const body = { format: 'hilum-sealed-model', version: sealVersion, files } as const;
  return sealSchema.parse({ ...body, hash: sha256(canonicalJson(body)) });
}
