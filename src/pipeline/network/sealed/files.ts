import type { Contract } from '../../domain/contract.ts';
import type { WeightedNetwork } from '../../domain/network.ts';
import type { Calibration, Golden, ModelCard, SealedFile } from '../../domain/sealed-model.ts';
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
}

/** Every file of a sealed model but seal.json; equal contents give equal bytes. */
export function sealedBytes(contents: SealedContents): Readonly<Record<SealedFile, Uint8Array>> {
  const { modelJson, weights } = toTfjs(contents.network);
  return {
    'model.json': text(JSON.stringify(modelJson)),
    'weights.bin': weights,
    'model.onnx': toOnnx(contents.network, { channels: channelsOf(contents.contract) }),
    'contract.json': json(contents.contract),
    'golden.json': json(contents.golden),
    'calibration.json': json(contents.calibration),
    'card.json': json(contents.card),
    'card.md': text(cardText(contents.card, contents.calibration)),
  };
}

export function jsonText(value: unknown): string {
  return `${JSON.stringify(value, null, 2)}\n`;
}

const json = (value: unknown): Uint8Array => text(jsonText(value));
const text = (value: string): Uint8Array => new TextEncoder().encode(value);
