import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { z } from 'zod';
import { requireWritable } from '../../../pipeline/disk/atomic.ts';
import { parseCsv } from '../../../pipeline/disk/csv.ts';
import { artifactNames, type PhantomInput } from '../../../pipeline/domain/stage-inputs.ts';
import { stageInWorker } from '../../jobs/stage-in-worker.ts';
import { textTable } from '../../studies/text-table.ts';
import { initWorkspace } from '../../workspace/init.ts';
import { findWorkspace } from '../../workspace/open.ts';
import { defineCommand } from '../command.ts';
import type { CliContext } from '../context.ts';
import { withStudy } from '../study.ts';
import { classify } from './classify.ts';
import { reproduceAloud } from './repro.ts';

/** Scans a class; enough that a classifier learns, few enough that it is done within a minute. */
const phantoms: Omit<PhantomInput, 'folder' | 'mixedFolder'> = {
  scans: 32,
  slices: 6,
  seed: 1,
  size: 256,
  format: 'jpeg',
  masks: false,
};

export const demo = defineCommand({
  name: 'demo',
  summary: 'the whole way on synthetic scans: ingest, train, evaluate, then classify a folder with broken files in it',
  options: z.object({ dir: z.string().default('hilum-demo') }),
  configure(command) {
    command.option('--dir <folder>', 'folder for everything the demo makes (default hilum-demo)');
  },
  async run({ dir }, context) {
    const folder = resolve(context.cwd, dir);
    const places = {
      images: join(folder, 'images'),
      incoming: join(folder, 'incoming'),
      study: join(folder, 'study'),
      ledger: join(folder, 'results.csv'),
      report: join(folder, 'report.html'),
    };
    await requireWritable(folder);
    // Words of the steps go to stderr under --json, so that stdout stays one value.
    const aloud: CliContext = { ...context, json: false, data: context.json ? context.say : context.data };
    await drawPhantoms(places, aloud);
    if ((await findWorkspace(places.study)) !== places.study) {
      await initWorkspace(places.study, {
        source: '../images',
        description: 'synthetic images made by `hilum phantom`',
      });
    }
    const { code, stages } = await withStudy(aloud, places.study, (study) => reproduceAloud(study, aloud, false));
    if (code !== 0) return code;
    const artifacts = join(places.study, 'artifacts');
    const { incoming, ledger, report } = places;
    const model = join(artifacts, artifactNames.model);
    await classify.run({ folder: incoming, model, out: ledger, report, records: join(places.study, '.hilum') }, aloud);
    const made = { ...places, study_report: join(artifacts, artifactNames.report) };
    if (context.json)
      context.data(
        `${JSON.stringify({ ...made, stages: stages.map(({ name, state }) => ({ name, state })) }, null, 2)}\n`,
      );
    else
      context.data(
        `\n${await refusedTable(ledger)}\n\nReport of the study: ${made.study_report}\nReport of the folder: ${report}\n`,
      );
    return 0;
  },
});

async function drawPhantoms(places: { images: string; incoming: string }, context: CliContext): Promise<void> {
  const kinds = [
    { folder: places.images, mixedFolder: false },
    { folder: places.incoming, mixedFolder: true },
  ];
  for (const kind of kinds) {
    if (existsSync(kind.folder)) continue;
    const input: PhantomInput = { ...phantoms, ...kind };
    await stageInWorker(context, 'phantom', input, z.unknown());
  }
}

const ledgerRowSchema = z.object({ file: z.string(), state: z.string(), code: z.string(), reason: z.string() });

async function refusedTable(ledger: string): Promise<string> {
  const columns = Object.keys(ledgerRowSchema.shape);
  const rows = parseCsv(await readFile(ledger, 'utf8'), 'results.csv', columns, ledgerRowSchema);
  const refused = rows.filter((row) => row.state === 'refused');
  return textTable(
    ['refused file', 'reason'],
    refused.map(({ file, code, reason }) => [file, `${reason} (${code})`]),
  );
}
