import { readFile } from 'node:fs/promises';
import { z } from 'zod';
import { writeFileAtomic } from '../disk/atomic.ts';
import { batchStates, reviewDecisions } from '../domain/outcome.ts';
import { type ReportInput, reportInputSchema } from '../domain/stage-inputs.ts';
import type { SealedModel } from '../network/index.ts';
import { batchReportHtml, cardReportHtml, duelReportHtml, type ReportModel, runsReportHtml } from '../reports/index.ts';
import type { Stage } from './stage.ts';

/** What the report reads of the JSON that `classify --out x.json` writes. */
const batchSchema = z.object({
  created_at: z.string(),
  source: z.string(),
  model: z.object({ name: z.string(), seal: z.string(), trained_on: z.string() }),
  scans: z.array(
    z.object({
      scan: z.string(),
      class: z.string(),
      probability: z.number(),
      images: z.int(),
      key_slices: z.array(z.string()),
    }),
  ),
  rows: z.array(
    z.object({
      file: z.string(),
      image: z.string(),
      scan: z.string(),
      state: z.enum(batchStates),
      class: z.string().nullable(),
      probability: z.number().nullable(),
      code: z.string().nullable(),
      reason: z.string().nullable(),
      /** Only where a reader said something, and only in what the page's export asks for. */
      review: z
        .object({ decision: z.enum(reviewDecisions), class: z.string().nullable(), reader: z.string(), at: z.string() })
        .optional(),
    }),
  ),
});

/** Words on a card that say no patient was in the training data. */
export const syntheticWords = 'synthetic images';

/** A classified folder, recorded runs, a duel or a model's card as one HTML page that opens without network. */
export const report: Stage<ReportInput> = {
  input: reportInputSchema,
  async run(input): Promise<{ out: string }> {
    await writeFileAtomic(input.out, await pageOf(input));
    return { out: input.out };
  },
};

async function pageOf(input: ReportInput): Promise<string> {
  if (input.of === 'runs') return runsReportHtml(input.runs);
  if (input.of === 'duel') return duelReportHtml(input.duel);
  if (input.of === 'card') return cardReportHtml(input.card);
  return batchPage(input.batch);
}

async function batchPage(path: string): Promise<string> {
  const batch = batchSchema.parse(JSON.parse(await readFile(path, 'utf8')));
  return batchReportHtml({
    source: batch.source,
    createdAt: batch.created_at,
    model: {
      name: batch.model.name,
      sealSha256: batch.model.seal,
      trainedOnSyntheticImages: batch.model.trained_on.includes(syntheticWords),
    },
    rows: batch.rows,
    scans: batch.scans.map(({ key_slices, ...scan }) => ({ ...scan, keySlices: key_slices })),
  });
}

export function reportModel(model: SealedModel): ReportModel {
  return {
    name: model.card.title,
    sealSha256: model.sealHash,
    trainedOnSyntheticImages: model.card.trained_on.includes(syntheticWords),
  };
}
