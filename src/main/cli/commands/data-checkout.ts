import { z } from 'zod';
import { type CheckedOutData, checkoutData } from '../../studies/data-versions/checkout.ts';
import type { SourceCheck } from '../../studies/data-versions/source-check.ts';
import { counted } from '../../studies/text-table.ts';
import { addWorkspaceOption, defineCommand, workspaceOption } from '../command.ts';
import { printResult } from '../context.ts';
import { withStudyAlone } from '../study.ts';

const namesShown = 20;

export const dataCheckout = defineCommand({
  name: 'data checkout',
  summary: 'puts a version of the dataset back; what is there now is recorded first, dvc.lock stays as it is',
  options: z.object({ ...workspaceOption, version: z.string().min(1) }),
  configure(command) {
    command.argument('<version>', 'number, first digits of a hash or a git revision');
    addWorkspaceOption(command);
  },
  run: ({ workspace, version }, context) =>
    withStudyAlone(context, workspace, async (study) => {
      const done = await checkoutData(study, version, context.signal);
      printResult(context, done, describe(done, version));
      return 0;
    }),
});

function describe({ version, saved, stale, source }: CheckedOutData, written: string): string {
  const lines: string[] = [];
  if (saved !== null) lines.push(`What was there is version ${saved} now.`);
  if (version === null) lines.push('The dataset was that version already; nothing was changed.');
  else lines.push(`The dataset is what "${written}" names; this is version ${version}.`);
  if (stale.length > 0) lines.push(`Run with another dataset: ${stale.join(', ')}. \`hilum status\` says why.`);
  return [...lines, ...sourceLines(source)].join('\n');
}

function sourceLines({ source, files, missing, changed }: SourceCheck): string[] {
  if (source === 'absent') return ['Its source is not there: the images cannot be read until it is.'];
  if (source === 'packed') return ['Its source is an archive or address: the images in it were not compared.'];
  if (missing.length + changed.length === 0)
    return [`All ${counted(files, 'file')} of it are in the source, unchanged.`];
  return [
    `Of ${counted(files, 'file')} in it, the source misses ${missing.length} and has other content for ${changed.length}:`,
    ...missing.slice(0, namesShown).map((file) => `  missing  ${plain(file)}`),
    ...changed.slice(0, namesShown).map((file) => `  changed  ${plain(file)}`),
    'Only the tables are versioned; put these images back before you train on this version.',
  ];
}

/** A file name must not steer the terminal. */
function plain(text: string): string {
  return text.replace(/\p{Cc}/gu, '�');
}
