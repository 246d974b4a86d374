import { mkdir } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { writeFileAtomic } from '../disk/atomic.ts';
import { HilumError } from '../domain/errors.ts';
import {
  type ExplainedImage,
  type ExplainInput,
  type ExplainReport,
  explainInputSchema,
  heatMapWords,
} from '../domain/explain.ts';
import { nearestName } from '../domain/names.ts';
import { notice } from '../domain/outcome.ts';
import type { Trust } from '../domain/trust.ts';
import { throwIfCancelled } from './cancel.ts';
import type { StageContext } from './context.ts';
import { explainFrame, type FrameQuestion } from './explain/explain-frame.ts';
import { framesOf } from './explain/frames.ts';
import { type SealedExplainer, withExplainer } from './explain/kept-explainer.ts';
import { overlayPng } from './explain/overlay.ts';
import type { Stage } from './stage.ts';
import { trustOf } from './trust/trust-of.ts';

/** Where the model looked in some images. A model that fails its trust test gets no map anywhere: this is the one place that makes them. */
export const explain: Stage<ExplainInput> = {
  input: explainInputSchema,
  run: (input, context) => withExplainer(input.model, input.keep, (lent) => explainAll(input, lent, context)),
};

async function explainAll(input: ExplainInput, lent: SealedExplainer, context: StageContext): Promise<ExplainReport> {
  const { model } = lent;
  const { classes } = model.contract;
  const classIndex = input.class === null ? undefined : classNamed(input.class, classes);
  const { trust, trustFrom } = await trustIn(input, lent, context);
  const { out } = input;
  if (out !== null) await mkdir(out, { recursive: true });
  const images: ExplainedImage[] = [];
  const question: FrameQuestion = {
    classIndex,
    trusted: trust.passed,
    async overlay(image, decoded, map) {
      if (out === null) return null;
      const name = `${String(images.length + 1).padStart(4, '0')}-${basename(image)}.png`;
      await writeFileAtomic(join(out, name), await overlayPng(decoded, map, model.contract));
      return name;
    },
  };
  for (const [index, file] of input.files.entries()) {
    for await (const frame of framesOf(file)) {
      throwIfCancelled(context.signal);
      images.push(await explainFrame(frame, lent, question));
    }
    const done = index + 1;
    context.report({ step: 'Explaining', done, total: input.files.length, fraction: done / input.files.length });
  }
  const report = { seal: model.sealHash, title: model.card.title, classes: [...classes], trust, trustFrom, images };
  if (out !== null) await writeFileAtomic(join(out, 'explain.json'), jsonOf(report));
  return report;
}

/** @throws HilumError `usage/bad-option` with the nearest class */
function classNamed(name: string, classes: readonly string[]): number {
  const index = classes.indexOf(name);
  if (index >= 0) return index;
  const nearest = nearestName(name, classes);
  const what = `--class: the model knows ${classes.join(', ')}, not "${name}"`;
  throw new HilumError('usage/bad-option', {
    what: nearest === undefined ? what : `${what} (did you mean "${nearest}"?)`,
  });
}

async function trustIn(
  input: ExplainInput,
  { model, network }: SealedExplainer,
  context: StageContext,
): Promise<Pick<ExplainReport, 'trust' | 'trustFrom'>> {
  if (model.trust !== undefined) return { trust: model.trust, trustFrom: 'sealed' };
  if (input.trust !== null) return { trust: input.trust, trustFrom: 'recorded' };
  const report = (done: number, total: number): void =>
    context.report({ step: 'Testing whether heat maps can be trusted', done, total, fraction: 0.5 * (done / total) });
  const trust: Trust = await trustOf(network, model.contract, { report });
  return { trust, trustFrom: 'measured' };
}

function jsonOf(report: ExplainReport): string {
  return `${JSON.stringify({ notice, words: heatMapWords, ...report }, null, 2)}\n`;
}
