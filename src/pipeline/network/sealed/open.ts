import { readdir, readFile } from 'node:fs/promises';
import { basename, join, resolve } from 'node:path';
import { z } from 'zod';
import { canonicalJson, sha256 } from '../../disk/hash.ts';
import { readSignature } from '../../disk/signature.ts';
import { type Calibration, calibrationSchema } from '../../domain/calibration.ts';
import { type Contract, contractSchema } from '../../domain/contract.ts';
import { errnoOf, HilumError } from '../../domain/errors.ts';
import { type Gate, gateSchema } from '../../domain/gate.ts';
import type { WeightedNetwork } from '../../domain/network.ts';
import {
  cardSchema,
  filesOf,
  type Golden,
  goldenSchema,
  type ModelCard,
  type OptionalFile,
  type Seal,
  type SealedFile,
  sealFile,
  sealSchema,
  sealVersion,
} from '../../domain/sealed-model.ts';
import { signatureFile } from '../../domain/signature.ts';
import { type Trust, trustSchema } from '../../domain/trust.ts';
import { readTfjs } from '../tfjs/read.ts';
import { allFinite } from '../weights.ts';
import { jsonText } from './files.ts';

/** A model whose every byte is the one that was sealed. */
export interface SealedModel {
  /** Name of its folder. */
  readonly name: string;
  readonly sealHash: string;
  readonly contract: Contract;
  readonly golden: Golden;
  readonly calibration: Calibration;
  readonly card: ModelCard;
  /** Undefined: sealed without one. */
  readonly gate: Gate | undefined;
  /** Undefined: sealed without one. */
  readonly trust: Trust | undefined;
  /** ONNX file of the network. */
  readonly onnx: Uint8Array;
  /** The network itself, read when it is asked for. */
  network(): Promise<WeightedNetwork>;
}

/**
 * Opens a sealed model after checking every hash, and the signature when there is one: a bad one is refused, whoever is
 * trusted and whatever the policy.
 * @throws HilumError `model/missing`, `model/not-sealed`, `model/seal-broken`, `model/surplus-file` (each names the
 * file), `model/newer`, `model/not-finite`, `signature/…`
 */
export async function openSealedModel(folder: string): Promise<SealedModel> {
  const names = await namesIn(folder);
  const seal = await readSeal(folder, names);
  const hashes = new Map<string, string>(filesOf(seal).map(({ name, sha256: expected }) => [name, expected]));
  const surplus = names.find((name) => name !== sealFile && name !== signatureFile && !hashes.has(name));
  if (surplus !== undefined) throw new HilumError('model/surplus-file', { file: surplus });
  const read = (name: SealedFile): Promise<Uint8Array> => verified(folder, name, hashes, names);
  const optional = async <T>(name: OptionalFile, schema: z.ZodType<T>): Promise<T | undefined> =>
    hashes.has(name) ? parsed(schema, await read(name), name) : undefined;
  const onnx = await read('model.onnx');
  await read('model.json');
  await read('card.md');
  requireFinite(await read('weights.bin'));
  await readSignature(folder, seal.hash);
  return {
    name: basename(resolve(folder)),
    sealHash: seal.hash,
    contract: parsed(contractSchema, await read('contract.json'), 'contract.json'),
    golden: parsed(goldenSchema, await read('golden.json'), 'golden.json'),
    calibration: parsed(calibrationSchema, await read('calibration.json'), 'calibration.json'),
    card: parsed(cardSchema, await read('card.json'), 'card.json'),
    gate: await optional('gate.json', gateSchema),
    trust: await optional('trust.json', trustSchema),
    onnx,
    network: async () => {
      await read('model.json');
      await read('weights.bin');
      return readTfjs(folder);
    },
  };
}

async function namesIn(folder: string): Promise<readonly string[]> {
  try {
    return await readdir(folder);
  } catch (error) {
    const model = basename(resolve(folder));
    if (['ENOENT', 'ENOTDIR'].includes(errnoOf(error) ?? '')) throw new HilumError('model/missing', { model });
    throw error;
  }
}

/** The seal's own hash is checked first: only an intact seal may say that it is from a newer version. */
async function readSeal(folder: string, names: readonly string[]): Promise<Seal> {
  if (!names.includes(sealFile)) throw new HilumError('model/not-sealed', { file: sealFile });
  const text = await readFile(join(folder, sealFile), 'utf8');
  const { hash, ...body } = parsed(anySealSchema, text, sealFile);
  // The text is compared too, so that a changed blank or a doubled key does not pass.
  const intact = hash === sha256(canonicalJson(body)) && jsonText(JSON.parse(text)) === text;
  if (!intact) throw new HilumError('model/seal-broken', { file: sealFile });
  if (body.version > sealVersion) throw new HilumError('model/newer', { version: body.version });
  return parsed(sealSchema, text, sealFile);
}

const anySealSchema = z.looseObject({ version: z.int().min(1), hash: z.string() });

async function verified(
  folder: string,
  name: SealedFile,
  hashes: ReadonlyMap<string, string>,
  names: readonly string[],
): Promise<Uint8Array> {
  if (!names.includes(name)) throw new HilumError('model/not-sealed', { file: name });
  const bytes = await readFile(join(folder, name));
  if (sha256(bytes) !== hashes.get(name)) throw new HilumError('model/seal-broken', { file: name });
  return bytes;
}

/** A hash that fits content of the wrong form: somebody sealed what this program never writes. */
function parsed<T>(schema: z.ZodType<T>, content: Uint8Array | string, file: string): T {
  try {
    const text = typeof content === 'string' ? content : new TextDecoder('utf-8', { fatal: true }).decode(content);
    return schema.parse(JSON.parse(text));
  } catch (error) {
    throw new HilumError('model/seal-broken', { file }, { cause: error });
  }
}

function requireFinite(weights: Uint8Array): void {
  const values = new Float32Array(weights.slice().buffer, 0, Math.floor(weights.byteLength / 4));
  if (!allFinite(values)) throw new HilumError('model/not-finite', { what: 'weights.bin' });
}
