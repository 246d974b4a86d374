import type { DuelInput } from '../../domain/duel-input.ts';
import { HilumError } from '../../domain/errors.ts';
import type { DecodedImage } from '../../domain/image.ts';
import type { Prediction } from '../../domain/metrics.ts';
import { applyContract } from '../../images/index.ts';
import { throwIfCancelled } from '../cancel.ts';
import type { StageContext } from '../context.ts';
import { openDataset, readManifestOf, readSplitOf } from '../dataset-on-disk.ts';
import { inOrder } from '../in-order.ts';
import { openSealedEngine, type SealedEngine } from '../sealed-engine.ts';
import { studyRows } from '../train/parts.ts';
import { readLabelled } from './folder.ts';
import { reordered, type Sides } from './sides.ts';

/** Enough to keep decoder and networks busy on all cores. */
const imagesAtOnce = 8;

/** An image whose class is known, and a way to its pixels. */
export interface Labelled {
  readonly image: string;
  readonly scan: string;
  readonly group: string;
  /** Index of the class. */
  readonly truth: number;
  decode(): Promise<DecodedImage>;
}

export interface LabelledSet {
  readonly images: readonly Labelled[];
  readonly leftOut: Sides['leftOut'];
  readonly knownImages: number | null;
}

type OnModels = Extract<DuelInput['on'], { kind: 'folder' | 'test-part' }>;

/** Both models answer for the same images, each by its own contract. An image that one of them cannot take is left out. */
export async function sidesOfModels(
  on: OnModels,
  context: StageContext,
  report: (step: string, done: number, total: number) => void,
): Promise<Sides> {
  const a = await openSealedEngine(on.a);
  try {
    const b = await openSealedEngine(on.b);
    try {
      return await answered(on, { a, b }, context, report);
    } finally {
      await b.engine.close();
    }
  } finally {
    await a.engine.close();
  }
}

async function answered(
  on: OnModels,
  { a, b }: { readonly a: SealedEngine; readonly b: SealedEngine },
  context: StageContext,
  report: (step: string, done: number, total: number) => void,
): Promise<Sides> {
  const { classes } = a.model.contract;
  const inOrderOfA = reordered(b.model.contract.classes, classes);
  const set =
    on.kind === 'folder'
      ? await readLabelled(on, classes, context.signal, (done, total) => report('Reading files', done, total))
      : await testPart(on.workspace, a, context.signal);
  const sides: { a: Prediction[]; b: Prediction[] } = { a: [], b: [] };
  let refused = 0;
  const answers = inOrder(set.images, imagesAtOnce, async (labelled) => {
    throwIfCancelled(context.signal);
    return { labelled, probabilities: await bothAnswers(labelled, a, b) };
  });
  let done = 0;
  for await (const { labelled, probabilities } of answers) {
    report('Predicting', ++done, set.images.length);
    if (probabilities === undefined) {
      refused++;
      continue;
    }
    const { image, scan, group, truth } = labelled;
    sides.a.push({ image, scan, group, truth, probabilities: probabilities.a });
    sides.b.push({ image, scan, group, truth, probabilities: inOrderOfA(probabilities.b) });
  }
  const unread = refused === 0 ? [] : [{ what: 'Could not be read by both models', images: refused }];
  return { classes, ...sides, leftOut: [...set.leftOut, ...unread], knownImages: set.knownImages };
}

async function bothAnswers(
  labelled: Labelled,
  a: SealedEngine,
  b: SealedEngine,
): Promise<{ a: number[]; b: number[] } | undefined> {
  try {
    const decoded = await labelled.decode();
    const [first, second] = await Promise.all([answerOf(decoded, a), answerOf(decoded, b)]);
    return { a: first, b: second };
  } catch (error) {
    if (error instanceof HilumError && error.code.startsWith('image/')) return undefined;
    throw error;
  }
}

async function answerOf(decoded: DecodedImage, { model, engine }: SealedEngine): Promise<number[]> {
  const probabilities = await engine.run(applyContract(decoded, model.contract, engine.planes), 1);
  if (!probabilities.every(Number.isFinite)) throw new HilumError('image/invalid-output');
  return [...probabilities];
}

/** @throws HilumError `evaluation/empty-part`, `dataset/missing`, `split/bad-rows` */
async function testPart(
  workspace: Extract<OnModels, { kind: 'test-part' }>['workspace'],
  { model }: SealedEngine,
  signal: AbortSignal,
): Promise<LabelledSet> {
  const rows = studyRows(await readManifestOf(workspace), await readSplitOf(workspace), model.contract);
  const held = rows.filter(({ part }) => part === 'test');
  if (held.length === 0) throw new HilumError('evaluation/empty-part', { part: 'test' });
  const dataset = await openDataset(workspace, signal);
  return {
    images: held.map(({ row, label }) => ({
      ...{ image: row.image, scan: row.scan, group: row.group, truth: label },
      decode: () => dataset.decode(row),
    })),
    leftOut: [],
    knownImages: null,
  };
}
