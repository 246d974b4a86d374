import { resolve } from 'node:path';
import { z } from 'zod';
import { requireWritable } from '../../../pipeline/disk/atomic.ts';
import { type PhantomInput, phantomFormats } from '../../../pipeline/domain/stage-inputs.ts';
import { stageInWorker } from '../../jobs/stage-in-worker.ts';
import { counted, textTable } from '../../studies/text-table.ts';
import { countOption, defineCommand } from '../command.ts';
import { printResult } from '../context.ts';

const defaultSlices = 24;

const mixedSchema = z.object({ files: z.int(), broken: z.int() });
const countSchema = z.object({ files: z.int(), images: z.int(), groups: z.int() });
const scansSchema = z.object({
  folder: z.string(),
  truth: z.string(),
  masks: z.string().optional(),
  files: z.int(),
  images: z.int(),
  groups: z.int(),
  classes: z.record(z.string(), countSchema),
});

export const phantom = defineCommand({
  name: 'phantom',
  summary: 'makes synthetic kidney CT with known truth, for trying things out',
  options: z.object({
    folder: z.string(),
    scans: countOption(1, 4),
    slices: countOption(1, defaultSlices),
    seed: countOption(1, 1),
    size: z.coerce.number().int().min(64).max(1024).default(256),
    format: z.enum(phantomFormats).default('jpeg'),
    masks: z.boolean().default(false),
    mixedFolder: z.boolean().default(false),
  }),
  configure(command) {
    command
      .argument('<folder>', 'folder to write; one folder a class below it')
      .option('--scans <count>', 'scans (patients) of each class (default 4)')
      .option('--slices <count>', `slices of each scan (default ${defaultSlices})`)
      .option('--seed <number>', 'the same seed makes the same bytes (default 1)')
      .option('--size <pixels>', 'height and width of a slice (default 256)')
      .option('--format <format>', `${phantomFormats.join(' | ')} (default jpeg)`)
      .option('--masks', 'also write the true masks, beside the folder')
      .option('--mixed-folder', 'instead of scans: one folder of good and broken files, as they arrive from elsewhere');
  },
  async run({ folder, ...rest }, context) {
    const input: PhantomInput = { ...rest, folder: resolve(context.cwd, folder) };
    await requireWritable(input.folder);
    if (rest.mixedFolder) {
      const made = await stageInWorker(context, 'phantom', input, mixedSchema);
      const text = `${counted(made.files, 'file')} in ${folder}, ${made.broken} of them broken on purpose.`;
      printResult(context, { folder: input.folder, ...made }, text);
      return 0;
    }
    const made = await stageInWorker(context, 'phantom', input, scansSchema);
    const rows = Object.entries(made.classes).map(([name, { files, images, groups }]) => [name, files, images, groups]);
    const text = [
      textTable(['class', 'files', 'images', 'patients'], rows),
      `${counted(made.images, 'synthetic image')} in ${folder}; the truth is in ${made.truth}.`,
      ...(made.masks === undefined ? [] : [`Masks are in ${made.masks}.`]),
    ];
    printResult(context, made, text.join('\n'));
    return 0;
  },
});
