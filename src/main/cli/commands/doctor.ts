import { z } from 'zod';
import { checks } from '../../doctor/index.ts';
import { textTable } from '../../studies/text-table.ts';
import { version } from '../../workspace/version.ts';
import { defineCommand } from '../command.ts';
import { printResult } from '../context.ts';

export const doctor = defineCommand({
  name: 'doctor',
  summary: 'says what was found on this machine, what is missing, and the command that mends it',
  options: z.object({}),
  configure: () => undefined,
  async run(_options, context) {
    const report = [];
    for (const { name, neededFor, look } of checks)
      report.push({ name, needed_for: neededFor ?? null, ...(await look({ ...context, node: process.execPath })) });
    const broken = report.filter(({ ok }) => !ok);
    const exit = broken.length > 0 ? 4 : 0;
    const rows = report.map(({ name, ok, needed_for, found, mend }) => {
      return [name, ok ? 'ok' : 'missing', found, needed_for ?? '', mend];
    });
    const closing =
      exit === 0
        ? 'Everything is there.'
        : broken
            .map(({ name, needed_for, mend }) => `Without ${name}: no ${needed_for}. Mend it with: ${mend}`)
            .join('\n');
    const text = `hilum ${version}\n${textTable(['part', 'state', 'found', 'needed for', 'mend with'], rows)}\n\n${closing}`;
    printResult(context, { version, platform: `${process.platform}-${process.arch}`, checks: report, exit }, text);
    return exit;
  },
});
