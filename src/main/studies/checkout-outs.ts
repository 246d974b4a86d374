import { join } from 'node:path';
import { HilumError, hasCode } from '../../pipeline/domain/errors.ts';
import { nearestName } from '../../pipeline/domain/names.ts';
import { type DvcCache, openDvcCache } from '../interop/dvc/cache.ts';
import { type Hasher, openHasher } from '../workspace/hashes.ts';
import type { Workspace } from '../workspace/open.ts';
import { readPipeline } from '../workspace/pipeline-file.ts';
import { absolute, readStageLock } from '../workspace/stage-lock.ts';

/** An output as dvc.lock has it, and what became of it. */
export interface CheckedOut {
  readonly stage: string;
  /** As in dvc.yaml. */
  readonly path: string;
  readonly md5: string;
  /** `unkept`: `cache: false`, so git has it or nobody. */
  readonly state: 'unchanged' | 'restored' | 'missing' | 'corrupt' | 'unkept';
  /** Object that is missing or corrupt. */
  readonly oid: string | null;
}

interface Wanted {
  readonly stage: string;
  readonly path: string;
  readonly md5: string;
  readonly isKept: boolean;
}

/**
 * Brings missing or changed outputs to what dvc.lock says, from DVC's cache, each verified before it is swapped in.
 * @param targets stages or outputs; none: all
 * @param force overwrite what is in no cache
 * @throws HilumError `dvc/would-overwrite` before anything is changed, `dvc/unknown-target`, `config/…`, `disk/…`
 */
export async function checkoutOuts(
  workspace: Workspace,
  targets: readonly string[],
  { force }: { readonly force: boolean },
): Promise<CheckedOut[]> {
  const { root, state } = workspace.paths;
  const wanted = chosen(await outsOfLock(workspace), targets);
  const hasher = await openHasher(join(state, 'cache', 'md5.json'));
  const cache = await openDvcCache(root);
  const differing = await differingOuts(root, wanted, cache, hasher);
  if (!force) {
    const lost = differing.find(({ isSafe }) => !isSafe);
    if (lost !== undefined) throw new HilumError('dvc/would-overwrite', { path: lost.out.path });
  }
  const differs = new Set(differing.map(({ out }) => out));
  const done: CheckedOut[] = [];
  for (const out of wanted) {
    const { stage, path, md5 } = out;
    const shared = { stage, path, md5, oid: null };
    if (!differs.has(out)) done.push({ ...shared, state: 'unchanged' });
    else if (!out.isKept) done.push({ ...shared, state: 'unkept' });
    else done.push({ ...shared, ...(await restored(cache, md5, absolute(root, path))) });
  }
  await hasher.save();
  return done;
}

async function restored(cache: DvcCache, oid: string, target: string): Promise<Pick<CheckedOut, 'state' | 'oid'>> {
  try {
    await cache.restore(oid, target, { verify: true });
    return { state: 'restored', oid: null };
  } catch (error) {
    const isMissing = hasCode(error, 'dvc/object-missing');
    if (!(error instanceof HilumError) || (!isMissing && !hasCode(error, 'dvc/object-corrupt'))) throw error;
    return { state: isMissing ? 'missing' : 'corrupt', oid: String(error.facts.oid) };
  }
}

async function outsOfLock(workspace: Workspace): Promise<Wanted[]> {
  const lock = await readStageLock(workspace.paths.root);
  return (await readPipeline(workspace)).flatMap((stage) =>
    (lock[stage.name]?.outs ?? []).flatMap(({ path, md5 }) =>
      md5 === undefined || !stage.outs.includes(path)
        ? []
        : [{ stage: stage.name, path, md5, isKept: !stage.uncached.has(path) }],
    ),
  );
}

function chosen(outs: readonly Wanted[], targets: readonly string[]): readonly Wanted[] {
  if (targets.length === 0) return outs;
  const plain = targets.map((target) => target.replaceAll('\\', '/').replace(/^\.\/|\/$/g, ''));
  const known = outs.flatMap(({ stage, path }) => [stage, path]);
  const unknown = plain.find((target) => !known.includes(target));
  if (unknown !== undefined) {
    throw new HilumError('dvc/unknown-target', { target: unknown, nearest: nearestName(unknown, known) });
  }
  return outs.filter(({ stage, path }) => plain.includes(stage) || plain.includes(path));
}

/** Outputs that are not as locked; safe: what lies there now can be had again. */
async function differingOuts(root: string, outs: readonly Wanted[], cache: DvcCache, hasher: Hasher) {
  const differing: { out: Wanted; isSafe: boolean }[] = [];
  for (const out of outs) {
    const now = (await hasher.hash(absolute(root, out.path)))?.md5;
    if (now === out.md5) continue;
    const isSafe = now === undefined || !out.isKept || (await cache.isWhole(now).catch(() => false));
    differing.push({ out, isSafe });
  }
  return differing;
}
