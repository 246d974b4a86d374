import { isAbsolute, relative, resolve, sep } from 'node:path';
import { z } from 'zod';
import { type IngestSummary, ingestSummarySchema } from '../../../pipeline/domain/dataset.ts';
import { HilumError } from '../../../pipeline/domain/errors.ts';
import { artifactNames, type IngestInput } from '../../../pipeline/domain/stage-inputs.ts';
import { stageInWorker } from '../../jobs/stage-in-worker.ts';
import { workspaceNames } from '../../workspace/names.ts';
import { isAddress, resolveSource } from '../../workspace/open.ts';
import { workspaceOption } from '../command-words.ts';
import { recordDataVersion } from '../data-versions/record.ts';
import { defineStage } from '../stage.ts';
import type { Study } from '../study.ts';
import { counted, textTable } from '../text-table.ts';

const options = z.object({
  ...workspaceOption,
  source: z.string().optional(),
  sha256: z
    .string()
    .regex(/^[0-9a-f]{64}$/, 'expected 64 hexadecimal digits')
    .optional(),
  labels: z.string().optional(),
  allowRefused: z.boolean().default(false),
});
type Options = z.infer<typeof options>;

export const ingest = defineStage({
  name: 'ingest',
  summary: 'reads a folder, zip or https address into a dataset; every file is accounted for',
  options,
  configure(command) {
    command
      .argument('[source]', 'folder, zip file or https address; left out: `source:` of config.yaml')
      .option('--sha256 <hash>', 'hash of a download, 64 hexadecimal digits')
      .option('--labels <csv>', 'table file,class[,scan][,group]')
      .option('--allow-refused', 'exit 0 even when files were refused');
  },
  async run(given, study, context) {
    const input = inputOf(given, study, context.cwd);
    await recordDataVersion(study, 'found');
    const summary = await stageInWorker(context, 'ingest', input, ingestSummarySchema);
    const code = summary.refused > 0 && !given.allowRefused ? 3 : 0;
    return { code, value: summary, text: describe(summary), made: true };
  },
  async afterMade(study) {
    await recordDataVersion(study, 'ingest');
  },
  decisive: (given, study) => ({
    source: given.source ?? study.workspace.config.source,
    sha256: given.sha256,
    labels: given.labels,
  }),
});

/** Paths of the command line count from the current folder, those of config.yaml from the workspace. */
function inputOf(given: Options, { workspace }: Study, cwd: string): IngestInput {
  const { paths, params, config } = workspace;
  const labels = given.labels === undefined ? config.labels : undefined;
  const input: IngestInput = {
    workspace: paths,
    params,
    source: sourceOf(given, workspace.config.source, cwd, paths.root),
    writtenSource: writtenSourceOf(given.source ?? workspace.config.source ?? '', given, cwd, paths.root),
  };
  const sha256 = given.sha256 ?? (given.source === undefined ? config.sha256 : undefined);
  if (sha256 !== undefined) input.sha256 = sha256;
  if (given.labels !== undefined) input.labels = resolve(cwd, given.labels);
  else if (labels !== undefined) input.labels = resolve(paths.root, labels);
  if (config.classes !== undefined) input.classes = config.classes;
  return input;
}

function sourceOf(given: Options, configured: string | undefined, cwd: string, root: string): string {
  if (given.source !== undefined) return resolveSource(cwd, given.source);
  if (configured !== undefined) return resolveSource(root, configured);
  const what = 'expected a folder, zip file or https address, got nothing; or run `hilum ingest SOURCE`';
  throw new HilumError('config/bad-value', { file: workspaceNames.config, key: 'source', what });
}

/** As config.yaml says it; a relative path of the command line counts from the workspace from then on. */
function writtenSourceOf(source: string, given: Options, cwd: string, root: string): string {
  if (given.source === undefined || isAddress(source) || isAbsolute(source)) return source;
  return relative(root, resolve(cwd, source)).split(sep).join('/') || '.';
}

function describe(summary: IngestSummary): string {
  const { found, accepted, duplicates, refused, changed } = summary;
  const classes = Object.entries(summary.classes).map(([name, each]) => [name, each.images, each.scans, each.groups]);
  const lines = [
    textTable(
      ['class', 'images', 'scans', 'groups'],
      [...classes, ['in all', summary.images, summary.scans, summary.groups]],
    ),
    '',
    `${counted(found, 'file')} found: ${accepted} accepted, ${counted(duplicates, 'duplicate')}, ${refused} refused; ${changed} changed since the last ingest.`,
  ];
  if (refused > 0) lines.push(`Reasons: ${artifactNames.refused} in the artifacts folder.`);
  return lines.join('\n');
}
