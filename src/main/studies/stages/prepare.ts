import { z } from 'zod';
import { stageInWorker } from '../../jobs/stage-in-worker.ts';
import { workspaceOption } from '../command-words.ts';
import { defineStage } from '../stage.ts';

const prepareReportSchema = z.looseObject({
  backbone: z.string(),
  features: z.array(z.string()),
  dimensions: z.int(),
  frozen_parameters: z.int(),
  trainable_parameters: z.int(),
  classes: z.array(z.string()),
  domains: z.array(z.string()),
});

export const prepare = defineStage({
  name: 'prepare',
  summary: 'makes the base model: pretrained backbone, frozen, with an untrained head',
  options: z.object(workspaceOption),
  configure: () => undefined,
  async run(_given, { workspace }, context) {
    const { paths, params, config } = workspace;
    const input = { workspace: paths, params, ...(config.classes === undefined ? {} : { classes: config.classes }) };
    const report = await stageInWorker(context, 'prepare', input, prepareReportSchema);
    const text = [
      `Backbone ${report.backbone} (${report.features.join(', ')}), ${report.dimensions} features an image.`,
      `Parameters: ${grouped(report.frozen_parameters)} frozen, ${grouped(report.trainable_parameters)} trainable.`,
      `Classes: ${report.classes.join(', ')}. Images: ${report.domains.join(', ')}.`,
    ].join('\n');
    return { code: 0, value: report, text, made: true };
  },
  decisive: () => null,
});

/** 3370000 as 3,370,000. */
function grouped(count: number): string {
  return count.toLocaleString('en-US');
}
