import type { Contract } from '../../domain/contract.ts';
import { contractSteps } from '../../domain/contract-words.ts';
import { HilumError } from '../../domain/errors.ts';
import {
  type ContractSearch,
  type ImportedNetworkReport,
  type ImportNetworkInput,
  type NetworkFacts,
  rangeText,
  type StatedContract,
  type TriedContract,
  type Way,
} from '../../domain/import-network.ts';
import type { WeightedNetwork } from '../../domain/network.ts';
import { notice } from '../../domain/outcome.ts';
import { type ModelCard, trainedElsewhere } from '../../domain/sealed-model.ts';
import { channelRange } from '../../domain/value-ranges.ts';
import { contractOf } from '../../domain/way-contract.ts';
import { asClassifier, channelsOf, sealModel, toOnnx, withChannelRange } from '../../network/index.ts';
import { createEngine } from '../../predictions/index.ts';
import type { StageContext } from '../context.ts';
import { goldenAnswers } from '../golden-answers.ts';
import { findContract } from './find-contract.ts';
import { readReference } from './reference.ts';

/**
 * Seals a classifier with the contract that was stated, or found by comparing with reference predictions.
 * @returns `imported` null where nothing that was tried comes close enough; nothing is written then
 * @throws HilumError `network/…`, `contract/…`, `disk/…`
 */
export async function importClassifier(
  foreign: WeightedNetwork,
  facts: NetworkFacts,
  input: ImportNetworkInput,
  context: StageContext,
): Promise<Omit<ImportedNetworkReport, 'facts'>> {
  const { net, ending } = asClassifier(foreign);
  const search = input.reference === undefined ? null : await searchWith(net, input, context);
  if (search !== null && !search.isFound) return { search, imported: null };
  const [best] = search?.tried ?? [];
  const way = best ?? statedWay(input.stated, facts);
  const classes = best?.classes ?? input.stated.classes ?? [];
  const units = facts.classifier?.classes ?? 0;
  if (classes.length !== units) throw new HilumError('network/class-count', { actual: units, given: classes.length });
  const { size, channels: depth } = net.network.input;
  const contract = contractOf(input.stated, way, { classes, size, depth });
  const range = channelRange(way.range, way.channels);
  const network = range.isEven ? net : withChannelRange(net, range);
  const card = cardOf(contract, { facts, ending, search, way }, input);
  const seal = await sealWith(network, contract, card, input);
  return { search, imported: { as: 'classifier', seal, contract, steps: contractSteps(contract) } };
}

async function searchWith(
  net: WeightedNetwork,
  { reference, stated }: ImportNetworkInput,
  context: StageContext,
): Promise<ContractSearch | null> {
  if (reference === undefined) return null;
  return findContract(net, stated, await readReference(reference.images, reference.predictions), context);
}

/** @throws HilumError `contract/incomplete` naming what is missing */
function statedWay({ resize, range, channels, rounding, classes }: StatedContract, { input }: NetworkFacts): Way {
  const missing = [
    ...(resize === undefined ? ['the resize rule (--resize)'] : []),
    ...(range === undefined ? ['the range of values (--range)'] : []),
    ...(classes === undefined ? ['the classes in order (--classes)'] : []),
  ];
  if (resize === undefined || range === undefined || missing.length > 0) {
    throw new HilumError('contract/incomplete', { what: `${missing.join(', ')} missing` });
  }
  const order = input.channels === 1 ? 'grey' : channels === 'bgr' ? 'bgr' : 'rgb';
  return { resize, range, rounding: rounding ?? 'none', channels: order };
}

interface Origin {
  readonly facts: NetworkFacts;
  readonly ending: string;
  readonly search: ContractSearch | null;
  readonly way: Way;
}

/** An honest card: nothing is known of the training, so no figure stands in it. */
function cardOf(contract: Contract, origin: Origin, { title, createdAt, codeVersion }: ImportNetworkInput): ModelCard {
  return {
    title,
    trained_on: trainedElsewhere,
    data_notice: `What it holds of its training data is not known; the golden inputs of its self-test are synthetic. ${foundText(origin)}`,
    backbone: `imported from ${origin.facts.kind}, ${origin.facts.layers} layers, ${origin.facts.parameters} parameters, ended in ${origin.ending}`,
    classes: contract.classes,
    counts: {},
    metrics: {},
    honesty: 'unknown',
    created_at: createdAt,
    code_version: codeVersion,
    notice,
  };
}

function foundText({ search, way }: Origin): string {
  const how = `Range ${rangeText(way.range)}, channels ${way.channels}.`;
  const [best] = search?.tried ?? [];
  return best === undefined
    ? `Its preprocessing was stated by hand. ${how}`
    : `Its preprocessing was found: ${comparedText(best)} ${how}`;
}

function comparedText({ images, deviation }: TriedContract): string {
  return `answers to ${images} reference pictures repeat within ${deviation.toExponential(1)}.`;
}

async function sealWith(
  network: WeightedNetwork,
  contract: Contract,
  card: ModelCard,
  { out, reviewBelow }: ImportNetworkInput,
): Promise<string> {
  const engine = await createEngine(toOnnx(network, { channels: channelsOf(contract) }));
  try {
    const golden = await goldenAnswers(engine, contract);
    const calibration = { temperature: 1, review_below: reviewBelow, evidence: null };
    return (await sealModel(out, { network, contract, golden, calibration, card })).hash;
  } finally {
    await engine.close();
  }
}
