import { z } from 'zod';
import { changesText } from '../../studies/data-versions/changes-text.ts';
import { type DataLog, dataLog, type LoggedVersion } from '../../studies/data-versions/log.ts';
import { minuteText } from '../../studies/run-record.ts';
import { counted, textTable } from '../../studies/text-table.ts';
import { addWorkspaceOption, countOption, defineCommand, workspaceOption } from '../command.ts';
import { printResult } from '../context.ts';
import { withReadStudy } from '../read-study.ts';

export const dataLogCommand = defineCommand({
  name: 'data log',
  summary: 'lists the versions of the dataset, newest first: when, why, what changed, which runs used it',
  options: z.object({ ...workspaceOption, limit: countOption(1, 50) }),
  configure(command) {
    command.option('--limit <n>', 'versions to print', '50');
    addWorkspaceOption(command);
  },
  run: ({ workspace, limit }, context) =>
    withReadStudy(context, workspace, async (study) => {
      const log = await dataLog(study);
      const versions = log.versions.slice(0, limit);
      const value = { unrecorded: log.unrecorded, versions: versions.map(wireVersion) };
      printResult(context, value, describe(log, versions));
      return 0;
    }),
});

function wireVersion({ madeAt, codeVersion, isCurrent, inCache, summary, ...version }: LoggedVersion) {
  const { manifest: _manifest, generated: _generated, ...counts } = summary;
  return {
    ...version,
    ...counts,
    made_at: madeAt,
    code_version: codeVersion,
    current: isCurrent,
    in_cache: inCache,
  };
}

function describe({ unrecorded, versions: all }: DataLog, versions: readonly LoggedVersion[]): string {
  if (all.length === 0) return 'No version is recorded yet. `hilum ingest` makes the first.';
  const rows = versions.map((each) => [
    `v${each.version}${each.isCurrent ? ' *' : ''}`,
    minuteText(each.madeAt),
    each.summary.restored === null ? each.reason : `${each.reason} of v${each.summary.restored}`,
    each.summary.images,
    each.summary.scans,
    each.summary.groups,
    each.parent === null ? 'first' : changesText(each.summary.changes),
    each.hash.slice(0, 8),
    each.runs.map(({ id }) => id).join(' '),
    each.commits.map(({ commit }) => commit.slice(0, 7)).join(' '),
  ]);
  const header = ['version', 'when', 'why', 'images', 'scans', 'groups', 'changes', 'hash', 'runs', 'commits'];
  const lines = [textTable(header, rows), ''];
  if (all.length > versions.length) lines.push(`${counted(all.length - versions.length, 'older version')}: --limit.`);
  const away = versions.filter(({ inCache }) => !inCache).map(({ version }) => `v${version}`);
  if (away.length > 0) lines.push(`Not in the cache: ${away.join(' ')}. \`hilum fetch\` brings them from a remote.`);
  if (unrecorded) lines.push('The dataset on the disk is none of these: it was changed by something else.');
  else if (all.some(({ isCurrent }) => isCurrent)) lines.push('* is the dataset on the disk.');
  else lines.push('There is no dataset on the disk.');
  return lines.join('\n');
}
