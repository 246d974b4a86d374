import { randomUUID } from 'node:crypto';
import { lstat, rm } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { errnoOf, HilumError } from '../../pipeline/domain/errors.ts';
import { type ExportFormat, type ExportReport, exportReportSchema } from '../../pipeline/domain/export-model.ts';
import { writeZip } from '../interop/zip-writer.ts';
import { stageInWorker } from '../jobs/stage-in-worker.ts';
import type { WorkContext } from '../jobs/work-context.ts';
import { readModelIdentity } from '../workspace/model-identity.ts';
import { version } from '../workspace/version.ts';

/** Every file of a zip carries this time, so that equal models make equal zips. */
const anyTime = '2000-01-01T00:00:00.000Z';

export interface ExportOrder {
  /** Folder of a sealed model. */
  readonly folder: string;
  readonly format: ExportFormat;
  /** A folder to make, or a file whose name ends in `.zip`. */
  readonly out: string;
  /** What is there is replaced: an earlier export, or a zip file. */
  readonly replace: boolean;
}

/**
 * Writes a model for another program, in a worker.
 * @throws HilumError `export/…`, `model/…`, `disk/…`; nothing half is left then
 */
export async function exportModel(context: WorkContext, order: ExportOrder): Promise<ExportReport> {
  // What is no model at all is told without starting a process.
  const { seal } = await readModelIdentity(order.folder);
  if (!order.out.toLowerCase().endsWith('.zip')) return inWorker(context, order);
  await requireFreeFile(order);
  const aside = join(dirname(order.out), `.${basename(order.out)}.${randomUUID()}.tmp`);
  try {
    const report = await inWorker(context, { ...order, out: aside });
    const below = exportName(order.format, seal);
    const entries = report.files.map(({ name }) => ({ path: `${below}/${name}`, from: join(aside, name) }));
    await writeZip(order.out, entries, anyTime);
    return report;
  } finally {
    await rm(aside, { recursive: true, force: true });
  }
}

/** Name of an export's folder, and of its zip before the ending. */
export function exportName(format: ExportFormat, seal: string): string {
  return `hilum-${format}-${seal.slice(0, 12)}`;
}

function inWorker(context: WorkContext, { folder, format, out, replace }: ExportOrder): Promise<ExportReport> {
  const input = { model: folder, format, out, replace, codeVersion: version };
  return stageInWorker(context, 'export-model', input, exportReportSchema);
}

async function requireFreeFile({ out, replace }: ExportOrder): Promise<void> {
  const path = basename(out);
  try {
    const stats = await lstat(out);
    if (!stats.isFile()) throw new HilumError('export/not-ours', { path });
    if (!replace) throw new HilumError('export/exists', { path });
  } catch (error) {
    if (errnoOf(error) !== 'ENOENT') throw error;
  }
}
