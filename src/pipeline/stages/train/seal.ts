import type { Prediction } from '../../domain/metrics.ts';
import type { TrainInput } from '../../domain/stage-inputs.ts';
import { channelsOf, gateTaps, sealModel, toOnnx, withDividedLogits } from '../../network/index.ts';
import { createEngine } from '../../predictions/index.ts';
import type { BaseModel } from '../base-model.ts';
import { goldenAnswers } from '../golden-answers.ts';
import { artifactPath } from '../workspace-files.ts';
import { calibrationOf } from './calibrate.ts';
import { cardOf } from './card.ts';
import type { FittedModel } from './fit.ts';
import { gateOf } from './gate.ts';
import type { StudyRow } from './parts.ts';
import type { Pictures } from './pictures.ts';
import type { TrainingRecord } from './record.ts';
import { sealedTrust } from './trust.ts';

/** What training hands over to be sealed. */
export interface Sealing {
  readonly fitted: FittedModel;
  /** Predictions for patient groups that the model, or the model of their fold, has not learned from; no test groups. */
  readonly heldOut: readonly Prediction[];
  readonly record: TrainingRecord;
  readonly rows: readonly StudyRow[];
  readonly pictures: Pictures;
  readonly signal: AbortSignal;
}

/**
 * Puts network, contract, golden answers, calibration, gate and card into `artifacts/model`. The temperature is in the
 * network's last layer, so the golden answers, like every answer of the model, are the scaled ones.
 * @returns the seal's hash
 */
export async function sealTrainedModel(
  input: TrainInput,
  base: BaseModel,
  { fitted, heldOut, record, rows, pictures, signal }: Sealing,
): Promise<string> {
  const { contract } = base;
  const calibration = calibrationOf(heldOut, contract.classes.length, input.params);
  const network = withDividedLogits(fitted.network, calibration.temperature);
  const taps = gateTaps(network.network);
  const trained = rows.filter(({ part }) => part !== 'test');
  const engine = await createEngine(toOnnx(network, { channels: channelsOf(contract), pooled: taps }));
  try {
    const known = trained.map(({ row }) => row);
    const gate = await gateOf({ input, base, network, engine, taps, rows: known, pictures, signal });
    const golden = await goldenAnswers(engine, contract);
    const card = cardOf(input, base, { record, rows: trained, calibration, gate });
    const trust = await sealedTrust({ network, contract, heldOut, rows, pictures, signal });
    const contents = { network, contract, golden, calibration, card, gate, trust };
    return (await sealModel(artifactPath(input.workspace, 'model'), contents)).hash;
  } finally {
    await engine.close();
  }
}
