import { resolve } from 'node:path';
import { z } from 'zod';
import {
  companionWords,
  type ExportReport,
  exportFormats,
  exportWords,
} from '../../../pipeline/domain/export-model.ts';
import { notice } from '../../../pipeline/domain/outcome.ts';
import { exportModel } from '../../models/export.ts';
import { namedFolder } from '../choose-model.ts';
import { addWorkspaceOption, defineCommand, workspaceOption } from '../command.ts';
import { printResult } from '../context.ts';
import { noteExport } from '../note-export.ts';

export const modelsExport = defineCommand({
  name: 'models export',
  summary: 'writes a model for another Hilum, TensorFlow.js, ONNX or Keras, checked against its golden answers',
  options: z.object({
    ...workspaceOption,
    model: z.string().min(1),
    format: z.enum(exportFormats),
    out: z.string().min(1),
    force: z.boolean().default(false),
  }),
  configure(command) {
    command
      .argument('<model>', 'folder of a sealed model, alias or version of the registry, or first digits of a seal')
      .requiredOption('--format <format>', exportFormats.join(', '))
      .requiredOption('--out <path>', 'folder to make, or a file that ends in .zip')
      .option('--force', 'replace an earlier export that is there');
    addWorkspaceOption(command);
  },
  async run({ model: written, workspace, format, out, force }, context) {
    const folder = await namedFolder(context, written, workspace);
    const place = resolve(context.cwd, out);
    const report = await exportModel(context, { folder, format, out: place, replace: force });
    await noteExport(context, workspace, report);
    printResult(context, { ...report, out: place, notice }, describe(report, out));
    return 0;
  },
});

function describe({ title, format, files, golden, largestDifference, checked }: ExportReport, out: string): string {
  const bytes = files.reduce((sum, file) => sum + file.bytes, 0);
  const lines = [
    `"${title}" was exported to ${out}: ${files.length} files, ${(bytes / 1e6).toFixed(1)} MB.`,
    exportWords[format].sentence,
    ...(format === 'sealed'
      ? [`Checked: ${checked}.`]
      : [
          companionWords,
          `Checked: ${checked}; ${golden} golden answers, largest difference ${largestDifference.toExponential(1)}.`,
        ]),
    notice,
  ];
  return lines.join('\n');
}
