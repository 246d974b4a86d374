import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { copyFileToDisk, writeFileAtomic } from '../../disk/atomic.ts';
import { resourcePath } from '../../disk/resources.ts';
import type { NetworkFormat } from '../../domain/export-model.ts';
import { notice } from '../../domain/outcome.ts';
import type { ModelCard } from '../../domain/sealed-model.ts';
import {
  type ExportFacts,
  exportNotice,
  exportReadme,
  networkExporters,
  pythonFiles,
} from '../../network/export/index.ts';
import { backbones, type SealedModel } from '../../network/index.ts';
import { askGolden, writeGoldenFiles } from './golden-files.ts';

export interface Source {
  readonly folder: string;
  readonly model: SealedModel;
  readonly codeVersion: string;
}

/** Name of the file by which an export is known as one. */
export const exportMark = 'export.json';
const licenceFile = 'LICENCE-backbone.txt';

/**
 * Fills a folder with a network for another program and all that goes along, and asks what was written the golden questions.
 * @returns largest difference from a sealed answer
 * @throws HilumError `export/differs`, `export/too-large`, `disk/…`
 */
export async function exportNetwork(folder: string, format: NetworkFormat, source: Source): Promise<number> {
  const { model, codeVersion } = source;
  const { contract, card, sealHash: seal } = model;
  const isCalibrated = model.calibration.evidence !== null;
  const exporter = networkExporters[format];
  const facts: ExportFacts = { seal, card, contract, isCalibrated, codeVersion };
  const network = await model.network();
  await exporter.write(folder, network, facts);
  const largest = await askGolden(await exporter.readBack(folder, network), model);
  await writeGoldenFiles(folder, model);
  for (const name of ['contract.json', 'card.json', 'card.md'] as const) {
    await copyFileToDisk(join(source.folder, name), join(folder, name));
  }
  const mark = { format, notice, seal, title: card.title, classes: contract.classes, code_version: codeVersion };
  const texts: Readonly<Record<string, string>> = {
    ...pythonFiles,
    [exporter.check.name]: exporter.check.text,
    'README.txt': exportReadme(format, exporter, facts),
    'NOTICE.txt': exportNotice(card, await copyLicence(folder, card)),
    [exportMark]: `${JSON.stringify(mark, null, 2)}\n`,
  };
  for (const [name, text] of Object.entries(texts)) await writeFileAtomic(join(folder, name), text);
  return largest;
}

/** The licence of weights that this program ships. @returns its name in the export; undefined where weights came from the user */
async function copyLicence(folder: string, card: ModelCard): Promise<string | undefined> {
  const bundled = backbones.find(({ id }) => id === card.backbone)?.bundledFolder;
  if (bundled === undefined) return undefined;
  const licence = resourcePath('backbones', bundled, 'LICENSE');
  if (!existsSync(licence)) return undefined;
  await copyFileToDisk(licence, join(folder, licenceFile));
  return licenceFile;
}
