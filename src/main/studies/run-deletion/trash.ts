import { HilumError } from '../../../pipeline/domain/errors.ts';
import type { Timers } from '../../jobs/timers.ts';
import type { Records } from '../../records/index.ts';
import { inTurn } from '../../workspace/in-turn.ts';
import { type Footprint, footprintOf } from './footprint.ts';
import type { KeptModels } from './kept-models.ts';
import { purgeRuns } from './purge.ts';

/** Time in which a deletion can be taken back. */
export const undoWindowMs = 30_000;

export interface TrashOptions {
  readonly records: Records;
  /** `.hilum` of the workspace. */
  readonly state: string;
  readonly timers: Timers;
  /** ISO 8601, UTC. */
  now(): string;
  newId(): string;
  /** Seals that the user's settings name now. */
  modelsInSettings(): readonly string[];
  /** Folders of the workspace, absolute; left out: what its caches hold of the runs stays. */
  readonly folders?: KeptModels['folders'];
  /** Told when files went that others may show: how many models. */
  onPurged(models: number): void;
}

/** Runs that are deleted but can be taken back for a while. */
export interface Trash {
  /** @throws HilumError `run/unknown`, `disk/…` */
  preview(which: readonly string[]): Promise<Footprint>;
  /** Hides them at once; what they take goes when the time is over. @throws HilumError `run/unknown`, `run/running` */
  remove(which: readonly string[]): Promise<{ undo: string; undoUntil: string; bytes: number }>;
  /** @returns how many runs are back @throws HilumError `run/gone` */
  undo(token: string): number;
  /** Finishes what an earlier process left, and waits for what can still be taken back. */
  takeUp(): Promise<void>;
}

export function openTrash(options: TrashOptions): Trash {
  return new TrashOfRecords(options);
}

class TrashOfRecords implements Trash {
  private readonly options: TrashOptions;
  /** Two purges at the same time could each keep a model for the other's run. */
  private readonly turn = inTurn();

  constructor(options: TrashOptions) {
    this.options = options;
  }

  preview(which: readonly string[]): Promise<Footprint> {
    const { records, state } = this.options;
    const ids = [...new Set(which)].map((id) => records.runs.get(id).id);
    return footprintOf(state, ids, this.models());
  }

  async remove(which: readonly string[]): Promise<{ undo: string; undoUntil: string; bytes: number }> {
    const { records, now, newId } = this.options;
    const ids = [...new Set(which)];
    const { own } = await this.preview(ids);
    const undo = newId();
    records.runDeletions.hide(ids, undo);
    this.purgeAfter(undoWindowMs, undo);
    return { undo, undoUntil: new Date(Date.parse(now()) + undoWindowMs).toISOString(), bytes: own.bytes };
  }

  undo(token: string): number {
    const restored = this.options.records.runDeletions.restore(token);
    if (restored === 0) throw new HilumError('run/gone');
    return restored;
  }

  async takeUp(): Promise<void> {
    const { records, now } = this.options;
    const nowMs = Date.parse(now());
    // A clock that was set back must not keep anything for years.
    const isOver = (deletedAt: string): boolean => Math.abs(nowMs - Date.parse(deletedAt)) >= undoWindowMs;
    const hidden = records.runDeletions.list();
    const waiting = hidden.filter(({ undo, deletedAt }) => undo !== null && !isOver(deletedAt));
    for (const token of new Set(waiting.map(({ undo }) => undo))) {
      if (token !== null) this.purgeAfter(undoWindowMs, token);
    }
    await this.purge(hidden.filter((each) => !waiting.includes(each)).map(({ id }) => id));
  }

  private purgeAfter(ms: number, token: string): void {
    const { records, timers } = this.options;
    timers.after(ms, () => {
      if (!records.isOpen) return;
      const due = records.runDeletions.list().filter(({ undo }) => undo === token);
      // A disk that refuses now is asked again at the next start; until then the runs stay hidden.
      this.purge(due.map(({ id }) => id)).catch(() => undefined);
    });
  }

  private async purge(which: readonly string[]): Promise<void> {
    if (which.length === 0) return;
    const { state, onPurged } = this.options;
    onPurged(await this.turn(() => purgeRuns(state, which, this.models())));
  }

  private models(): KeptModels {
    const { records, modelsInSettings, folders } = this.options;
    return { records, inSettings: modelsInSettings(), folders };
  }
}
