import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { canonicalJson, sha256File } from '../../../pipeline/disk/hash.ts';
import { type Duel, duelSchema, type RecordedDuel } from '../../../pipeline/domain/duel.ts';
import type { DuelInput } from '../../../pipeline/domain/duel-input.ts';
import { HilumError } from '../../../pipeline/domain/errors.ts';
import { artifactNames } from '../../../pipeline/domain/stage-inputs.ts';
import type { Finding } from '../../records/findings.ts';
import { version } from '../../workspace/version.ts';
import { keptNames } from '../kept.ts';
import { keptFolderOf } from '../kept-files.ts';
import type { Study } from '../study.ts';
import { openTestSet, takeBackLook } from '../test-set.ts';
import type { Side } from './sides.ts';
import { warningsOfModels, warningsOfRuns } from './warnings.ts';
import { duelSentence } from './words.ts';

/** Where two models meet: on what their runs kept, on images with labels, or on the test part of the split. */
export type Ground =
  | { readonly kind: 'runs' }
  | { readonly kind: 'folder'; readonly source: string; readonly labels: string | undefined }
  | { readonly kind: 'test-part' };

/** Who runs the stage, and what names a look at the test part. */
export interface DuelMeans {
  run(input: DuelInput): Promise<Duel>;
  newId(): string;
}

/**
 * Compares B with A and records it; a duel that was fought before on the same bytes is not fought again.
 * @throws HilumError `duel/…`, `run/no-predictions`, `model/missing`, of the stage
 */
export async function fight(
  study: Study,
  sides: { readonly a: Side; readonly b: Side },
  ground: Ground,
  means: DuelMeans,
): Promise<RecordedDuel> {
  const { a, b } = sides;
  const ids = { a: idOf(a, ground), b: idOf(b, ground) };
  if (ids.a === ids.b) throw new HilumError('duel/itself');
  if (ground.kind === 'runs') requireSameData(sides);
  const input = inputOf(study, sides, ground);
  const settings = {
    ...{ ground: ground.kind, a: ids.a, b: ids.b, ...namesOf(sides, ids) },
    ...{ resamples: input.resamples, seed: input.seed, scan_vote: input.scanVote },
    ...(await groundFacts(study, input)),
  };
  const known = study.records.findings.list({ kind: 'duel', subject: ids.b });
  const same = known.find((each) => canonicalJson(each.settings) === canonicalJson(settings));
  // What lies in a folder may have changed since.
  if (same !== undefined && ground.kind !== 'folder') return recordedDuel(same);
  const duel = ground.kind === 'test-part' ? await counted(study, b, means, input) : await means.run(input);
  const warnings =
    ground.kind === 'runs' ? await warningsOfRuns(study, sides) : await warningsOfModels(study, sides, ground, duel);
  const id = study.records.findings.add({
    ...{ kind: 'duel' as const, subject: ids.b, codeVersion: version, settings },
    datasetHash: b.run?.datasetHash ?? null,
    result: { ...duel, warnings },
  });
  return recordedDuel(study.records.findings.get(id));
}

/** Runs of one name are told apart by their ids. */
function namesOf({ a, b }: { readonly a: Side; readonly b: Side }, ids: { readonly a: string; readonly b: string }) {
  const isShared = a.name === b.name;
  const nameOf = (name: string, id: string): string => (isShared ? `${name} (${id.slice(0, 12)})` : name);
  return { a_name: nameOf(a.name, ids.a), b_name: nameOf(b.name, ids.b) };
}

/** A duel on the test part is a look at it, as an evaluation is. */
async function counted(
  { records, workspace }: Study,
  { run }: Side,
  means: DuelMeans,
  input: DuelInput,
): Promise<Duel> {
  const look = `duel-${means.newId()}`;
  const testSet = await openTestSet(records, workspace.paths, { run: look, modelRun: run?.id ?? null });
  try {
    return await means.run(input);
  } catch (error) {
    if (testSet !== null) takeBackLook(records, testSet, look);
    throw error;
  }
}

/** @throws ZodError when it was recorded in another form */
export function recordedDuel({ id, madeAt, settings, result }: Finding): RecordedDuel {
  const { warnings, ...rest } = result;
  const names = { a: String(settings.a_name), b: String(settings.b_name) };
  const duel = duelSchema.parse(rest);
  return {
    ...{ id, madeAt, ...names, duel },
    ids: { a: String(settings.a), b: String(settings.b) },
    warnings: Array.isArray(warnings) ? warnings.map(String) : [],
    sentence: duelSentence({ ...names, duel }),
  };
}

/** @throws HilumError `duel/different-data` */
function requireSameData({ a, b }: { readonly a: Side; readonly b: Side }): void {
  const [before, after] = [a.run?.datasetHash ?? null, b.run?.datasetHash ?? null];
  if (before !== null && after !== null && before !== after) throw new HilumError('duel/different-data');
}

/** @throws HilumError `run/no-predictions`, `model/missing` */
function idOf({ name, run, model }: Side, ground: Ground): string {
  if (ground.kind === 'runs') {
    if (run === null) throw new HilumError('run/no-predictions');
    return run.id;
  }
  if (model === null) throw new HilumError('model/missing', { model: name });
  return model.seal;
}

function inputOf({ workspace }: Study, { a, b }: { readonly a: Side; readonly b: Side }, ground: Ground): DuelInput {
  const { paths, params } = workspace;
  const { resamples, scan_vote: scanVote } = params.evaluation;
  const options = { resamples, scanVote, seed: params.seed };
  if (ground.kind === 'runs') {
    const kept = (side: Side): string => join(keptFolderOf(paths.state, side.run?.id ?? ''), keptNames.predictions);
    return { on: { kind: 'predictions', a: kept(a), b: kept(b) }, ...options };
  }
  const folders = { a: a.model?.folder ?? '', b: b.model?.folder ?? '', workspace: paths };
  if (ground.kind === 'test-part') return { on: { kind: 'test-part', ...folders }, ...options };
  const { source, labels } = ground;
  const on = { kind: 'folder' as const, ...folders, source, scans: params.scans };
  return { on: labels === undefined ? on : { ...on, labels }, ...options };
}

/** What decides the result besides the two. */
async function groundFacts({ workspace }: Study, { on }: DuelInput): Promise<Record<string, unknown>> {
  if (on.kind === 'predictions') return { predictions: [await hashIfThere(on.a), await hashIfThere(on.b)] };
  if (on.kind === 'folder') return {};
  const { artifacts } = workspace.paths;
  const files = [artifactNames.manifest, artifactNames.split].map((name) => join(artifacts, name));
  return { data: await Promise.all(files.map(hashIfThere)) };
}

async function hashIfThere(path: string): Promise<string | null> {
  return existsSync(path) ? sha256File(path) : null;
}
