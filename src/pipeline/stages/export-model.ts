import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { copyFileToDisk, writeFolderAtomic } from '../disk/atomic.ts';
import { HilumError } from '../domain/errors.ts';
import { type ExportModelInput, type ExportReport, exportModelInputSchema } from '../domain/export-model.ts';
import { sealedFiles, sealFile } from '../domain/sealed-model.ts';
import { signatureFile } from '../domain/signature.ts';
import { networkExporters } from '../network/export/index.ts';
import { openSealedModel } from '../network/index.ts';
import { throwIfCancelled } from './cancel.ts';
import { exportNetwork, type Source } from './export/network-export.ts';
import { requireFreePlace, requireRoom } from './export/place.ts';
import { openSealedEngine } from './sealed-engine.ts';
import type { Stage } from './stage.ts';

/** Golden pictures, texts and the licence beside the network itself. */
const companionBytes = 16 * 2 ** 20;

/** A sealed model for another Hilum, or its network for another program: written aside, checked, swapped in. */
export const exportModel: Stage<ExportModelInput> = {
  input: exportModelInputSchema,
  async run({ model: folder, format, out, replace, codeVersion }, context): Promise<ExportReport> {
    await requireFreePlace(out, folder, replace);
    const report = (step: string, done: number): void => context.report({ step, done, total: 2, fraction: done / 2 });
    report('Checking the model', 0);
    const { model, engine } = await openSealedEngine(folder);
    await engine.close();
    await requireRoom(out, (await bytesIn(folder)) + companionBytes);
    throwIfCancelled(context.signal);
    report('Writing and checking the export', 1);
    const source: Source = { folder, model, codeVersion };
    const largestDifference = await writeFolderAtomic(out, (aside) =>
      format === 'sealed' ? copySealed(folder, aside, model.sealHash) : exportNetwork(aside, format, source),
    );
    const checked = format === 'sealed' ? 'every hash of the copy was compared' : networkExporters[format].checked;
    return {
      seal: model.sealHash,
      title: model.card.title,
      format,
      files: await filesIn(out),
      golden: model.golden.length,
      largestDifference,
      checked,
    };
  },
};

/** @throws HilumError `model/…` when the copy is not the sealed model any more */
async function copySealed(from: string, aside: string, seal: string): Promise<number> {
  const known = new Set<string>([...sealedFiles, sealFile, signatureFile]);
  for (const name of await readdir(from)) {
    if (known.has(name)) await copyFileToDisk(join(from, name), join(aside, name));
  }
  const copy = await openSealedModel(aside);
  if (copy.sealHash !== seal) throw new HilumError('model/seal-broken', { file: sealFile });
  return 0;
}

async function filesIn(folder: string): Promise<ExportReport['files']> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const names = entries
    .filter((entry) => entry.isFile())
    .map((entry) =>
      join(entry.parentPath, entry.name)
        .slice(folder.length + 1)
        .replaceAll('\\', '/'),
    )
    .sort();
  return Promise.all(names.map(async (name) => ({ name, bytes: (await stat(join(folder, name))).size })));
}

async function bytesIn(folder: string): Promise<number> {
  return (await filesIn(folder)).reduce((sum, { bytes }) => sum + bytes, 0);
}
