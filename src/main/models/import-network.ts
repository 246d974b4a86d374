import { existsSync } from 'node:fs';
import { mkdir, rm } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { requireWritable } from '../../pipeline/disk/atomic.ts';
import { HilumError } from '../../pipeline/domain/errors.ts';
import {
  type ImportedNetworkReport,
  type ImportNetworkInput,
  importedNetworkSchema,
  type NetworkFacts,
  networkFactsSchema,
  type StatedContract,
} from '../../pipeline/domain/import-network.ts';
import { stageInWorker } from '../jobs/stage-in-worker.ts';
import type { WorkContext } from '../jobs/work-context.ts';
import { keepVersion } from '../registry/register.ts';
import type { Study } from '../studies/study.ts';
import { version } from '../workspace/version.ts';

/** What a person wants made of a network from elsewhere. */
export interface ImportWish {
  /** Absolute path of a file or folder. */
  readonly network: string;
  readonly as: ImportNetworkInput['as'];
  /** Of the model in its card; of a backbone also its folder below `backbones/`. */
  readonly title: string;
  readonly size: number | undefined;
  readonly fold: boolean;
  readonly stated: StatedContract;
  readonly reference: ImportNetworkInput['reference'];
}

export interface ImportOutcome extends ImportedNetworkReport {
  /** Folder of the new backbone below the workspace; null otherwise. */
  readonly backboneFolder: string | null;
}

const folderName = /^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$/;

/** What a file or folder from elsewhere is. @throws HilumError `network/…` */
export function inspectNetwork(context: WorkContext, network: string, size: number | undefined): Promise<NetworkFacts> {
  return stageInWorker(context, 'inspect-network', { network, size }, networkFactsSchema);
}

/**
 * Imports a network in a worker: a classifier is sealed and kept as a version of the workspace, a backbone goes below
 * `backbones/`.
 * @returns `imported` null where the contract was searched for and not found: nothing was written then
 * @throws HilumError `network/…`, `contract/…`, `disk/…`
 */
export async function importNetwork(study: Study, context: WorkContext, wish: ImportWish): Promise<ImportOutcome> {
  return wish.as === 'backbone' ? importAsBackbone(study, context, wish) : importAsClassifier(study, context, wish);
}

async function importAsClassifier(study: Study, context: WorkContext, wish: ImportWish): Promise<ImportOutcome> {
  const { state } = study.workspace.paths;
  const aside = join(state, 'tmp', `network-${context.newId()}`);
  await requireWritable(aside);
  await mkdir(join(state, 'tmp'), { recursive: true });
  try {
    const report = await inWorker(study, context, wish, aside);
    if (report.imported?.as === 'classifier') {
      await keepVersion({ records: study.records, state }, aside, {
        origin: 'imported',
        run: null,
        addedAt: context.now(),
      });
      note(study, report.imported.seal, report);
    }
    return { ...report, backboneFolder: null };
  } finally {
    await rm(aside, { recursive: true, force: true });
  }
}

async function importAsBackbone(study: Study, context: WorkContext, wish: ImportWish): Promise<ImportOutcome> {
  if (!folderName.test(wish.title)) {
    throw new HilumError('usage/bad-option', {
      what: 'A backbone needs a short name: letters, digits, dots, dashes and underscores (--name)',
    });
  }
  const folder = join('backbones', wish.title);
  const out = join(study.workspace.paths.root, folder);
  if (existsSync(out)) throw new HilumError('network/name-taken', { name: wish.title });
  await mkdir(join(study.workspace.paths.root, 'backbones'), { recursive: true });
  const report = await inWorker(study, context, wish, out);
  note(study, wish.title, report);
  return { ...report, backboneFolder: `backbones/${basename(out)}` };
}

function inWorker(
  study: Study,
  context: WorkContext,
  { network, as, title, size, fold, stated, reference }: ImportWish,
  out: string,
): Promise<ImportedNetworkReport> {
  const reviewBelow = study.workspace.params.evaluation.review_below;
  const made = { createdAt: context.now(), codeVersion: version };
  const input: ImportNetworkInput = { network, as, out, title, size, fold, stated, reference, reviewBelow, ...made };
  return stageInWorker(context, 'import-network', input, importedNetworkSchema);
}

function note({ records }: Study, subject: string, { facts, search }: ImportedNetworkReport): void {
  const details = { what: 'network', kind: facts.kind, parameters: facts.parameters, contract_found: search !== null };
  records.audit.add('import', subject, details);
}
