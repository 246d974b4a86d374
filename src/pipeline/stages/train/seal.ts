import type { Prediction } from '../../domain/metrics.ts';
import { notice } from '../../domain/outcome.ts';
import type { Golden, ModelCard } from '../../domain/sealed-model.ts';
import type { TrainInput } from '../../domain/stage-inputs.ts';
import { applyContract } from '../../images/index.ts';
import { channelsOf, sealModel, toOnnx } from '../../network/index.ts';
import { goldenImage } from '../../phantom/index.ts';
import { createEngine, meanOf } from '../../predictions/index.ts';
import type { BaseModel } from '../base-model.ts';
import { artifactPath } from '../workspace-files.ts';
import type { FittedModel } from './fit.ts';
import type { StudyRow } from './parts.ts';
import type { TrainingRecord } from './record.ts';

/** Golden inputs of each domain that the model accepts. Few, because each start of a batch runs them all. */
const goldenSeeds = [1, 2, 3, 4];

/** What training hands over to be sealed. */
export interface Sealing {
  readonly fitted: FittedModel;
  /** Predictions for patient groups that the model, or the model of their fold, has not learned from; no test groups. */
  readonly heldOut: readonly Prediction[];
  readonly record: TrainingRecord;
  readonly rows: readonly StudyRow[];
}

/** Puts network, contract, golden answers and card into `artifacts/model`. @returns the seal's hash */
export async function sealTrainedModel(
  input: TrainInput,
  base: BaseModel,
  { fitted: { network }, record, rows }: Sealing,
): Promise<string> {
  const { contract } = base;
  const golden = await goldenAnswers(toOnnx(network, { channels: channelsOf(contract) }), base);
  const trained = rows.filter(({ part }) => part !== 'test');
  const seal = await sealModel(artifactPath(input.workspace, 'model'), {
    network,
    contract,
    golden,
    calibration: { temperature: 1, review_below: input.params.evaluation.review_below },
    card: cardOf(input, base, record, trained),
  });
  return seal.hash;
}

async function goldenAnswers(onnx: Uint8Array, { contract }: BaseModel): Promise<Golden> {
  const engine = await createEngine(onnx);
  const golden: Golden = [];
  try {
    for (const domain of contract.domains) {
      for (const seed of goldenSeeds) {
        const pixels = applyContract(goldenImage(seed, domain), contract, engine.planes);
        const probabilities = [...(await engine.run(pixels, 1))];
        golden.push({ seed, domain, inputMean: meanOf(pixels), probabilities });
      }
    }
  } finally {
    await engine.close();
  }
  return golden;
}

function cardOf(input: TrainInput, base: BaseModel, record: TrainingRecord, trained: readonly StudyRow[]): ModelCard {
  const counts: ModelCard['counts'] = {};
  for (const name of base.contract.classes) {
    const own = trained.filter(({ row }) => row.class === name).map(({ row }) => row);
    const scans = new Set(own.map((row) => row.scan)).size;
    counts[name] = { images: own.length, scans, groups: new Set(own.map((row) => row.group)).size };
  }
  return {
    title: input.title,
    trained_on: input.trainedOn,
    data_notice: "Holds no patient's pixels: the golden inputs of its self-test are synthetic.",
    backbone: base.backbone,
    classes: base.contract.classes,
    counts,
    metrics: {},
    honesty: record.leaky ? 'leaky' : 'grouped',
    created_at: input.createdAt,
    code_version: input.codeVersion,
    notice,
  };
}
