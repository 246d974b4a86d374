import type { Workspace } from '../../workspace/open.ts';
import { feeds, readPipeline } from '../../workspace/pipeline-file.ts';
import { type LockedStage, readStageLock } from '../../workspace/stage-lock.ts';
import { datasetOut } from './content.ts';

/**
 * For a dataset of any hash: the stages that were run with, or made, another one, and those behind them, in their order.
 * Nothing is hashed: dvc.lock says what they were run with.
 * @throws HilumError `config/…`
 */
export async function staleStages(workspace: Workspace): Promise<(hash: string) => string[]> {
  const out = datasetOut(workspace);
  const stages = await readPipeline(workspace);
  const lock = await readStageLock(workspace.paths.root);
  return (hash) => {
    const stale = new Set<string>();
    for (const stage of stages) {
      const behind = stages.some((other) => stale.has(other.name) && feeds(other, stage));
      const locked = lock[stage.name];
      if (usedOther(locked, out, hash) || (behind && locked !== undefined)) stale.add(stage.name);
    }
    return [...stale];
  };
}

function usedOther(locked: LockedStage | undefined, out: string, hash: string): boolean {
  const entries = [...(locked?.deps ?? []), ...(locked?.outs ?? [])];
  return entries.some(({ path, md5 }) => path === out && md5 !== hash);
}
