import { z } from 'zod';
import { stageInWorker } from '../../jobs/stage-in-worker.ts';
import { workspaceOption } from '../command-words.ts';
import { defineStage } from '../stage.ts';
import { textTable } from '../text-table.ts';

const count = z.int().min(0);

const splitReportSchema = z.object({
  parts: z.record(
    z.string(),
    z.object({ images: count, scans: count, groups: count, classes: z.record(z.string(), count) }),
  ),
  leak: z.object({
    groups: count,
    images: count,
    examples: z.array(z.object({ a: z.string(), b: z.string(), correlation: z.number() })),
  }),
  missing: count,
  surplus: count,
});
type SplitReport = z.infer<typeof splitReportSchema>;

export const split = defineStage({
  name: 'split',
  summary: 'divides the dataset by patient group; --check looks for leaks and exits 4 when there is one',
  options: z.object({ ...workspaceOption, check: z.boolean().default(false) }),
  configure(command) {
    command.option('--check', 'only check the split that is there');
  },
  async run({ check }, { workspace }, context) {
    const { paths, params } = workspace;
    const input = { workspace: paths, params, checkOnly: check };
    const report = await stageInWorker(context, 'split', input, splitReportSchema);
    const { leak, missing, surplus } = report;
    const sound = leak.groups === 0 && leak.images === 0 && missing === 0 && surplus === 0;
    return { code: check && !sound ? 4 : 0, value: report, text: describe(report), made: !check };
  },
  decisive: ({ check }) => ({ check }),
});

function describe({ parts, leak, missing, surplus }: SplitReport): string {
  const classes = [...new Set(Object.values(parts).flatMap((part) => Object.keys(part.classes)))].sort();
  const rows = Object.entries(parts).map(([name, part]) => [
    name,
    part.images,
    part.scans,
    part.groups,
    ...classes.map((each) => part.classes[each] ?? 0),
  ]);
  const lines = [textTable(['part', 'images', 'scans', 'groups', ...classes], rows), ''];
  if (leak.groups === 0 && leak.images === 0) lines.push('No patient group and no near-duplicate image on both sides.');
  else lines.push(`LEAK: ${leak.groups} patient groups and ${leak.images} near-duplicate pairs stand on both sides.`);
  for (const { a, b, correlation } of leak.examples) lines.push(`  ${a}  ~  ${b}  (${correlation.toFixed(4)})`);
  if (missing > 0) lines.push(`${missing} images of the manifest are in no part.`);
  if (surplus > 0) lines.push(`${surplus} images of the split are not in the manifest.`);
  return lines.join('\n');
}
