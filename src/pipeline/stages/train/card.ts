import type { Calibration } from '../../domain/calibration.ts';
import type { CardFacts } from '../../domain/card/facts.ts';
import { cardItems } from '../../domain/card/sheet.ts';
import { contractSteps } from '../../domain/contract-words.ts';
import type { Gate } from '../../domain/gate.ts';
import { notice } from '../../domain/outcome.ts';
import type { ModelCard } from '../../domain/sealed-model.ts';
import type { TrainInput } from '../../domain/stage-inputs.ts';
import type { BaseModel } from '../base-model.ts';
import type { StudyRow } from './parts.ts';
import type { TrainingRecord } from './record.ts';

/** What is known of a model at the moment it is sealed. */
export interface SealedFacts {
  readonly record: TrainingRecord;
  /** What it learned from and what was watched; no test images. */
  readonly rows: readonly StudyRow[];
  readonly calibration: Calibration;
  readonly gate: Gate | undefined;
}

/** The card that is sealed; what is found out later is added to it by `models card`. */
export function cardOf(input: TrainInput, base: BaseModel, facts: SealedFacts): ModelCard {
  const card: Omit<ModelCard, 'items'> = {
    title: input.title ?? titleOf(base),
    trained_on: input.trainedOn,
    data_notice: "Holds no patient's pixels: the golden inputs of its self-test are synthetic.",
    backbone: base.backbone,
    classes: base.contract.classes,
    counts: countsOf(base.contract.classes, facts.rows),
    metrics: {},
    honesty: facts.record.leaky ? 'leaky' : 'grouped',
    code_version: input.codeVersion,
    notice,
  };
  return { ...card, items: cardItems(factsOf(card, input, base, facts)) };
}

/** The same wherever it is trained: the name of a folder would make equal models unequal. */
function titleOf({ backbone, contract: { classes } }: BaseModel): string {
  return `${backbone}: ${classes.length > 8 ? `${classes.length} classes` : classes.join(', ')}`;
}

function factsOf(
  card: Omit<ModelCard, 'items'>,
  { userFacts = {}, params }: TrainInput,
  { contract }: BaseModel,
  { record, calibration, gate }: SealedFacts,
): CardFacts {
  const { protocol, folds, epochs, best_epoch: bestEpoch } = record;
  return {
    user: userFacts,
    trainedOn: card.trained_on,
    backbone: card.backbone,
    classes: card.classes,
    counts: card.counts,
    codeVersion: card.code_version,
    honesty: card.honesty,
    steps: contractSteps(contract),
    training: { params, protocol, folds, epochs, bestEpoch },
    calibration,
    gate: gate ?? null,
    trust: null,
    evaluation: null,
    findings: {},
  };
}

function countsOf(classes: readonly string[], rows: readonly StudyRow[]): ModelCard['counts'] {
  const counts: ModelCard['counts'] = {};
  for (const name of classes) {
    const own = rows.filter(({ row }) => row.class === name).map(({ row }) => row);
    const scans = new Set(own.map((row) => row.scan)).size;
    counts[name] = { images: own.length, scans, groups: new Set(own.map((row) => row.group)).size };
  }
  return counts;
}
