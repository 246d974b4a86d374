import { z } from 'zod';
import { type ClassFigures, type RunFigures, runFiguresSchema } from '../../../pipeline/domain/run-figures.ts';
import { stageInWorker } from '../../jobs/stage-in-worker.ts';
import { estimateText, numberText } from '../../studies/figures.ts';
import { figuresInput } from '../../studies/run-figures.ts';
import { findRun, leakyNotice } from '../../studies/run-record.ts';
import { counted, textTable } from '../../studies/text-table.ts';
import { locateWorkspace, openWorkspace } from '../../workspace/open.ts';
import { addWorkspaceOption, defineCommand, workspaceOption } from '../command.ts';
import { printResult } from '../context.ts';
import { withRecords } from '../study.ts';

/** `Tumor=0.02`; a class name may hold a `=` itself. */
const prevalenceSchema = z
  .string()
  .regex(/^.+=\s*[\d.]+(e-?\d+)?$/, 'expected CLASS=SHARE, for example Tumor=0.02')
  .transform((text): [string, number] => {
    const at = text.lastIndexOf('=');
    return [text.slice(0, at), Number(text.slice(at + 1))];
  })
  .refine(([, share]) => share >= 0 && share <= 1, 'expected a share from 0 to 1');

const options = z.object({
  ...workspaceOption,
  id: z.string().min(1),
  prevalence: z.array(prevalenceSchema).default([]),
});

export const runsFigures = defineCommand({
  name: 'runs figures',
  summary: 'what the answers of a run are worth: PPV and NPV at your own prevalence, curves, calibration, coverage',
  options,
  configure(command) {
    command
      .argument('<id>', 'id of the run, or enough of its beginning')
      .option('--prevalence <class=share...>', 'share of a class where you work, 0 to 1; left out: as in the data');
    addWorkspaceOption(command);
  },
  run: ({ workspace: given, id, prevalence }, context) =>
    withRecords(context, given, async (records) => {
      const workspace = await openWorkspace(await locateWorkspace(context.cwd, given));
      const run = findRun(records, id);
      const input = await figuresInput({ workspace }, run, Object.fromEntries(prevalence));
      const figures = await stageInWorker(context, 'figures', input, runFiguresSchema);
      const text = describe(figures);
      printResult(context, { run: run.id, ...figures }, run.leaky ? `${leakyNotice}\n\n${text}` : text);
      return 0;
    }),
});

function describe(figures: RunFigures): string {
  const { scan, calibration, resamples, notice } = figures;
  const points = scan.classes.filter((each) => each.operating_point !== null);
  const sections = [
    `By scan, ${counted(scan.cases, 'scan')}.`,
    textTable(
      ['class', 'scans', 'sensitivity', 'specificity', 'prevalence', 'PPV', 'NPV', 'AUC', 'AP'],
      scan.classes.map(classRow),
    ),
    points.length === 0 ? '' : operatingTable(points),
    `Calibration error ${estimateText(scan.ece)}, Brier score ${estimateText(scan.brier)}.`,
    calibration === null ? '' : calibrationText(calibration),
    textTable(
      ['answered', 'accuracy', 'from probability'],
      scan.coverage.points
        .filter((_point, index, all) => index === all.length - 1 || (index + 1) % Math.ceil(all.length / 10) === 0)
        .map(({ coverage, accuracy, threshold }) => [share(coverage), share(accuracy), numberText(threshold)]),
    ),
    `Brackets: 95 % bootstrap interval over patient groups, ${resamples} resamples. ${notice}`,
  ];
  return sections.filter((section) => section !== '').join('\n\n');
}

function classRow(each: ClassFigures): (string | number)[] {
  const { sensitivity, specificity, ppv, npv } = each.answer;
  return [
    each.name,
    each.cases,
    estimateText(sensitivity),
    estimateText(specificity),
    share(each.prevalence),
    estimateText(ppv),
    estimateText(npv),
    numberText(each.auc),
    numberText(each.average_precision),
  ];
}

function operatingTable(classes: readonly ClassFigures[]): string {
  const rows = classes.flatMap(({ name, operating_point: point }) =>
    point === null ? [] : [[name, numberText(point.chosen.threshold), ...worth(point)]],
  );
  return `Operating points, chosen on validation groups:\n${textTable(
    ['class', 'from probability', 'sensitivity', 'specificity', 'PPV', 'NPV'],
    rows,
  )}`;
}

function worth({ sensitivity, specificity, ppv, npv }: ClassFigures['answer']): string[] {
  return [sensitivity, specificity, ppv, npv].map(estimateText);
}

function calibrationText({
  temperature,
  before,
  after,
  chosen,
  groups,
}: NonNullable<RunFigures['calibration']>): string {
  return [
    `Calibration on ${counted(groups, 'held-out patient group')}: temperature ${numberText(temperature)},`,
    `calibration error ${estimateText(before.ece)} before, ${estimateText(after.ece)} after.`,
    `Answered from ${numberText(chosen.threshold)} on: ${share(chosen.coverage)} of the images.`,
  ].join(' ');
}

function share(value: number): string {
  return `${(100 * value).toFixed(1)} %`;
}
