import { closeSync, openSync, readSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { canonicalJson, sha256 } from '../../pipeline/disk/hash.ts';
import { type Contract, pixelRules } from '../../pipeline/domain/contract.ts';
import type { ManifestRow } from '../../pipeline/domain/dataset.ts';
import { featureFile, featureFileName, featureRecordBytes } from '../../pipeline/domain/feature-file.ts';
import { stateNames, type WorkspacePaths } from '../../pipeline/domain/stage-inputs.ts';
import { parsedFiles } from './parsed-files.ts';
import type { PreparedBase } from './prepared-base.ts';

const turnEvery = 4096;
const filesKept = 4;

/** How many of these images have no features in the cache of a base model. */
export async function uncachedImages(
  { state }: WorkspacePaths,
  base: PreparedBase,
  manifest: readonly ManifestRow[],
): Promise<number> {
  const cached = await cachedHashes(featurePath(state, base.contract, base.backbone_hash));
  return manifest.filter((row) => !cached.has(row.pixel_hash)).length;
}

/** Where the features lie that a base model gives; those of two with the same pixel rules and backbone are the same. */
export function featurePath(state: string, contract: Contract, backboneHash: string): string {
  const key = sha256(canonicalJson([pixelRules(contract), backboneHash]));
  return join(state, stateNames.features, featureFileName(sha256(key)));
}

/** Pixel hashes of the records of a feature file, read again when the file has grown. */
const cachedHashes = parsedFiles(readHashes, filesKept);

async function readHashes(path: string): Promise<ReadonlySet<string>> {
  const hashes = new Set<string>();
  const size = statSync(path, { throwIfNoEntry: false })?.size ?? 0;
  if (size <= featureFile.headerBytes) return hashes;
  const file = openSync(path, 'r');
  try {
    const header = Buffer.alloc(featureFile.headerBytes);
    readSync(file, header, 0, header.length, 0);
    const recordBytes = featureRecordBytes(header.readUInt32LE(featureFile.dimensionsAt));
    const hash = Buffer.alloc(featureFile.hashBytes);
    for (let at: number = featureFile.headerBytes; at + recordBytes <= size; at += recordBytes) {
      readSync(file, hash, 0, hash.length, at);
      hashes.add(hash.toString('hex'));
      if (hashes.size % turnEvery === 0) await nextTurn();
    }
  } finally {
    closeSync(file);
  }
  return hashes;
}
