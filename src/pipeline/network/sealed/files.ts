import type { Calibration } from '../../domain/calibration.ts';
import type { Contract } from '../../domain/contract.ts';
import type { Gate } from '../../domain/gate.ts';
import type { WeightedNetwork } from '../../domain/network.ts';
import type { Golden, ModelCard, OptionalFile, RequiredFile } from '../../domain/sealed-model.ts';
import type { Trust } from '../../domain/trust.ts';
import { channelsOf, toOnnx } from '../onnx/write.ts';
import { toTfjs } from '../tfjs/write.ts';
import { cardText } from './card-text.ts';

/** What goes into a sealed model. */
export interface SealedContents {
  readonly network: WeightedNetwork;
  readonly contract: Contract;
  readonly golden: Golden;
  readonly calibration: Calibration;
  readonly card: ModelCard;
  /** Left out: a model without a gate refuses nothing for its looks. */
  readonly gate?: Gate | undefined;
  /** Left out: the heat maps of this model were not tested. */
  readonly trust?: Trust | undefined;
}

/** Bytes of each file; undefined for an optional one that the model does not have. */
export type SealedBytes = Readonly<Record<RequiredFile, Uint8Array> & Record<OptionalFile, Uint8Array | undefined>>;

/** Every file of a sealed model but seal.json; equal contents give equal bytes. */
export function sealedBytes(contents: SealedContents): SealedBytes {
  const { modelJson, weights } = toTfjs(contents.network);
  return {
    'model.json': text(JSON.stringify(modelJson)),
    'weights.bin': weights,
    'model.onnx': toOnnx(contents.network, { channels: channelsOf(contents.contract), pooled: contents.gate?.taps }),
    'contract.json': json(contents.contract),
    'golden.json': json(contents.golden),
    'calibration.json': json(contents.calibration),
    'card.json': json(contents.card),
    'card.md': text(cardText(contents.card, contents.calibration, contents.gate)),
    'gate.json': contents.gate && json(contents.gate),
    'trust.json': contents.trust && json(contents.trust),
  };
}

export function jsonText(value: unknown): string {
  return `${JSON.stringify(value, null, 2)}\n`;
}

const json = (value: unknown): Uint8Array => text(jsonText(value));
const text = (value: string): Uint8Array => new TextEncoder().encode(value);
