import { randomUUID } from 'node:crypto';
import { mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { writeFileAtomic, writeFolderAtomic } from '../../../pipeline/disk/atomic.ts';
import { HilumError } from '../../../pipeline/domain/errors.ts';
import { checkSealedFolder, readSeal } from '../../models/sealed-folder.ts';
import { keepVersion } from '../../registry/register.ts';
import { keptNames } from '../../studies/kept.ts';
import { keptFolderOf, readKeptSeal } from '../../studies/kept-files.ts';
import { readRecord } from '../../studies/run-record.ts';
import type { Study } from '../../studies/study.ts';
import { type BundledRecord, modelEntry, type Naming, runEntry } from './format.ts';
import { type BundledRun, type CheckedBundle, withBundle } from './read.ts';
import { adoptedRun, bundledRecord, firstDifference } from './record.ts';

export interface TakenIn {
  readonly root: string;
  readonly names: Naming;
  /** In the order of the bundle; `isNew` false: it was here already, with the same content. */
  readonly runs: readonly { readonly id: string; readonly name: string; readonly isNew: boolean }[];
  /** Seals of the models that came with them. */
  readonly models: readonly string[];
}

/**
 * Takes the runs of a bundle into the records: under their own ids, so that twice adds nothing.
 * @throws HilumError `bundle/…`, also `bundle/conflict` naming a run that is here with other content, and nothing is written
 * then; `model/…`, `disk/…`
 */
export function takeInBundle(study: Study, path: string, now: string): Promise<TakenIn> {
  return withBundle(path, async (checked) => {
    const fresh = await runsToAdd(study, checked.runs);
    const { state } = study.workspace.paths;
    await addModels(study, checked, now);
    for (const run of fresh) await keepFiles(state, checked, run);
    record(study, checked, fresh);
    const added = new Set(fresh.map((each) => each.record.id));
    return {
      root: checked.bundle.root,
      names: checked.bundle.names,
      runs: checked.runs.map(({ record: { id, name } }) => ({ id, name, isNew: added.has(id) })),
      models: [...checked.models.keys()],
    };
  });
}

async function runsToAdd({ records, workspace }: Study, runs: readonly BundledRun[]): Promise<BundledRun[]> {
  const hidden = new Set(records.runDeletions.list().map(({ id }) => id));
  const fresh: BundledRun[] = [];
  for (const run of runs) {
    const { id } = run.record;
    if (hidden.has(id)) throw new HilumError('bundle/deleting', { run: id });
    const known = records.runs.find(id);
    if (known === undefined) {
      fresh.push(run);
      continue;
    }
    if (known.outcome === 'running') throw new HilumError('bundle/conflict', { run: id, what: 'outcome' });
    const seal = await readKeptSeal(workspace.paths.state, id);
    const what = firstDifference(bundledRecord(readRecord(records, known), seal), run.record);
    if (what !== undefined) throw new HilumError('bundle/conflict', { run: id, what });
  }
  return fresh;
}

/** Every model goes through the store's own checks, all of them before the first is kept. */
async function addModels({ records, workspace }: Study, checked: CheckedBundle, now: string): Promise<void> {
  const { state } = workspace.paths;
  const aside = join(state, 'tmp', `bundle-${randomUUID()}`);
  try {
    for (const [seal, files] of checked.models) {
      const folder = join(aside, seal);
      await mkdir(folder, { recursive: true });
      for (const file of files) await writeFile(join(folder, file), await checked.bytes(modelEntry(seal, file)));
      await checkSealedFolder(folder);
      if ((await readSeal(folder)).hash !== seal) {
        throw new HilumError('bundle/damaged', { what: 'a model in it has another seal' });
      }
    }
    for (const seal of checked.models.keys()) {
      const run = checked.runs.find(({ record: { model } }) => model === seal)?.record.id ?? null;
      await keepVersion({ records, state }, join(aside, seal), { origin: 'imported', run, addedAt: now });
    }
  } finally {
    await rm(aside, { recursive: true, force: true }).catch(() => undefined);
  }
}

async function keepFiles(state: string, { bytes }: CheckedBundle, { record: { id, model }, files }: BundledRun) {
  await writeFolderAtomic(keptFolderOf(state, id), async (folder) => {
    for (const file of files) await writeFileAtomic(join(folder, file), await bytes(runEntry(id, file)));
    if (model !== null) await writeFileAtomic(join(folder, keptNames.model), `${JSON.stringify({ seal: model })}\n`);
  });
}

/** All of them or none. */
function record({ records }: Study, { bundle }: CheckedBundle, runs: readonly BundledRun[]): void {
  const oldestFirst = runs
    .map((each) => each.record)
    .sort((a, b) => (a.started_at < b.started_at ? -1 : a.started_at > b.started_at ? 1 : a.id < b.id ? -1 : 1));
  records.together(() => {
    for (const each of oldestFirst) {
      records.runs.adopt(adoptedRun(each, { from: 'bundle', root: bundle.root, run: each.id }));
      addDetails(records, each);
    }
  });
}

function addDetails(records: Study['records'], { id, epochs, metrics, tags, artefacts }: BundledRecord): void {
  records.epochs.addMany(id, epochs);
  records.runMetrics.set(id, metrics);
  records.runTags.change(id, tags, []);
  records.artefacts.set(id, artefacts);
}
