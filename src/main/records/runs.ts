import { z } from 'zod';
import { HilumError } from '../../pipeline/domain/errors.ts';
import { nearestName } from '../../pipeline/domain/names.ts';
import { type Outcome, outcomes } from '../../pipeline/domain/outcome.ts';
import { stageNames } from '../../pipeline/protocol.ts';
import type { Audit } from './audit.ts';
import type { RecordsContext } from './context.ts';
import { jsonColumn, readRow, readRows } from './row.ts';
import { write } from './write.ts';

export const runKinds = [...stageNames, 'repro', 'imported'] as const;
export type RunKind = (typeof runKinds)[number];

const json = z.record(z.string(), z.unknown());

/** Where a run came from that was not made in this workspace. */
export const runOriginSchema = z.discriminatedUnion('from', [
  /** A run bundle; `root` is the hash of its tree. */
  z.strictObject({ from: z.literal('bundle'), root: z.string(), run: z.string() }),
  /** A tracking server, by its address without user and password. */
  z.strictObject({ from: z.literal('mlflow'), server: z.string(), experiment: z.string(), run: z.string() }),
]);
export type RunOrigin = z.infer<typeof runOriginSchema>;

const rowSchema = z
  .object({
    seq: z.int(),
    id: z.string(),
    kind: z.enum(runKinds),
    name: z.string(),
    started_at: z.string(),
    ended_at: z.string().nullable(),
    outcome: z.enum(['running', ...outcomes]),
    params: jsonColumn(json),
    dataset_hash: z.string().nullable(),
    split_hash: z.string().nullable(),
    contract_hash: z.string().nullable(),
    backbone_hash: z.string().nullable(),
    code_version: z.string(),
    environment: jsonColumn(json),
    leaky: z.int(),
    notes: z.string(),
    pinned: z.int(),
    parent: z.string().nullable(),
    origin: jsonColumn(runOriginSchema).nullable(),
    data_version: z.string().nullable(),
  })
  .transform((row) => ({
    seq: row.seq,
    id: row.id,
    kind: row.kind,
    name: row.name,
    startedAt: row.started_at,
    endedAt: row.ended_at,
    outcome: row.outcome,
    params: row.params,
    datasetHash: row.dataset_hash,
    splitHash: row.split_hash,
    contractHash: row.contract_hash,
    backboneHash: row.backbone_hash,
    codeVersion: row.code_version,
    environment: row.environment,
    leaky: row.leaky === 1,
    notes: row.notes,
    pinned: row.pinned === 1,
    /** Sweep or validation that it belongs to. */
    parent: row.parent,
    /** Null: made here. */
    origin: row.origin,
    /** MD5 of the dataset's folder as dvc.lock has it. */
    dataVersion: row.data_version,
  }));
export type Run = z.infer<typeof rowSchema>;

export interface NewRun {
  readonly kind: RunKind;
  readonly name: string;
  readonly params: Readonly<Record<string, unknown>>;
  readonly datasetHash?: string | undefined;
  readonly splitHash?: string | undefined;
  readonly contractHash?: string | undefined;
  readonly backboneHash?: string | undefined;
  readonly codeVersion: string;
  /** Versions of engines, operating system, processor. */
  readonly environment: Readonly<Record<string, unknown>>;
  /** Trained or measured across a leaking split; the stamp stays for ever. */
  readonly leaky: boolean;
  readonly notes?: string | undefined;
  /** Sweep or validation that it belongs to. */
  readonly parent?: string | undefined;
  readonly dataVersion?: string | undefined;
}

/** A run that was made elsewhere and has ended there. Its id stays, so that it is never taken in twice. */
export interface AdoptedRun extends NewRun {
  readonly id: string;
  /** ISO 8601, UTC. */
  readonly startedAt: string;
  readonly endedAt: string | null;
  readonly outcome: Outcome;
  readonly origin: RunOrigin;
}

/** What people may change of a run; what is left out stays. */
export interface RunLabels {
  readonly name?: string | undefined;
  /** `before`: the text that was edited. */
  readonly notes?: { readonly before: string; readonly after: string } | undefined;
  readonly pinned?: boolean | undefined;
}

export interface RunFilter {
  readonly kind?: RunKind | undefined;
  readonly limit?: number | undefined;
}

export function runsTable({ db, now, newId, changes }: RecordsContext, audit: Audit) {
  const insert = db.prepare(`INSERT INTO runs (id, kind, name, started_at, outcome, params, dataset_hash, split_hash,
    contract_hash, backbone_hash, code_version, environment, leaky, notes, parent, data_version) VALUES (@id, @kind, @name, @startedAt,
    'running', @params, @datasetHash, @splitHash, @contractHash, @backboneHash, @codeVersion, @environment, @leaky, @notes, @parent, @dataVersion)`);
  const end = db.prepare("UPDATE runs SET outcome = ?, ended_at = ? WHERE id = ? AND outcome = 'running'");
  const settle = db.prepare('UPDATE runs SET outcome = ?, ended_at = ?, origin = ? WHERE id = ?');
  const restart = db.prepare("UPDATE runs SET outcome = 'running', ended_at = NULL WHERE id = ?");
  const byId = db.prepare('SELECT * FROM runs WHERE id = ? AND deleted_at IS NULL');
  const isThere = db.prepare('SELECT 1 FROM runs WHERE id = ?').pluck();
  const newestFirst = db.prepare(
    'SELECT * FROM runs WHERE deleted_at IS NULL AND (@kind IS NULL OR kind = @kind) ORDER BY seq DESC LIMIT @limit',
  );
  const everyOne = db.prepare('SELECT * FROM runs ORDER BY seq');
  const ids = db.prepare('SELECT id FROM runs WHERE deleted_at IS NULL').pluck();
  const running = db.prepare("SELECT id FROM runs WHERE outcome = 'running' ORDER BY seq").pluck();
  const remove = db.prepare('DELETE FROM runs WHERE id = ?');
  const label = db.prepare('UPDATE runs SET name = @name, notes = @notes, pinned = @pinned WHERE id = @id');

  const find = (id: string): Run | undefined => readRow('runs', rowSchema, () => byId.get(id));
  const unknown = (id: string): HilumError =>
    new HilumError('run/unknown', { run: id, nearest: nearestName(id, ids.all().map(String)) });
  const get = (id: string): Run => {
    const run = find(id);
    if (run === undefined) throw unknown(id);
    return run;
  };
  /** Ends a run; the first outcome wins, a later one changes nothing. */
  const finish = (id: string, outcome: Outcome): void => {
    write(db, () => {
      const ended = end.run(outcome, now().toISOString(), id).changes === 1;
      if (ended) audit.add('run/ended', id, { outcome });
    });
    changes.touch(id);
  };

  return {
    /** @returns the id of the new run, in the records before this returns */
    start(run: NewRun): string {
      const id = newId();
      write(db, () => {
        insert.run(toColumns(run, id, now()));
        audit.add('run/started', id, { kind: run.kind, leaky: run.leaky });
      });
      changes.touch(id);
      return id;
    },
    /** Takes in a run from elsewhere. @returns false, and nothing is changed, when a run of this id is there, hidden or not */
    adopt(run: AdoptedRun): boolean {
      const adopted = write(db, () => {
        if (isThere.get(run.id) !== undefined) return false;
        insert.run(toColumns(run, run.id, new Date(run.startedAt)));
        settle.run(run.outcome, run.endedAt, JSON.stringify(run.origin), run.id);
        audit.add('import', run.id, { from: run.origin.from, leaky: run.leaky });
        return true;
      });
      if (adopted) changes.touch(run.id);
      return adopted;
    },
    /** Takes up a run that was cancelled, failed or interrupted. @throws HilumError `run/unknown` */
    resume(id: string): void {
      get(id);
      write(db, () => {
        restart.run(id);
        audit.add('run/resumed', id);
      });
      changes.touch(id);
    },
    finish,
    /** @throws HilumError `run/unknown` with the nearest id */
    get,
    /** undefined: not there, or hidden because it is being deleted. */
    find,
    /** @throws HilumError `run/unknown`, `run/changed` when the notes are not what was edited; nothing is changed then */
    label(id: string, { name, notes, pinned }: RunLabels): void {
      write(db, () => {
        const run = get(id);
        if (notes !== undefined && notes.before !== run.notes) throw new HilumError('run/changed');
        const after = { id, name: name ?? run.name, notes: notes?.after ?? run.notes };
        label.run({ ...after, pinned: (pinned ?? run.pinned) ? 1 : 0 });
      });
      changes.touch(id);
    },
    /** Newest first. */
    list(filter: RunFilter = {}): Run[] {
      const { kind = null, limit = -1 } = filter;
      return readRows('runs', rowSchema, () => newestFirst.all({ kind, limit }));
    },
    /** Hidden ones included. */
    everyOne: (): Run[] => readRows('runs', rowSchema, () => everyOne.all()),
    /** Removes a run, hidden or not, with its epochs, metrics and artefact rows. @throws HilumError `run/unknown` */
    delete(id: string): void {
      if (isThere.get(id) === undefined) throw unknown(id);
      write(db, () => {
        remove.run(id);
        audit.add('run/deleted', id);
      });
      changes.touch(id);
    },
    /** Runs whose process died: nobody else can be running while the caller holds the lock. */
    interruptRunning(): void {
      for (const id of running.all().map(String)) finish(id, 'interrupted');
    },
  };
}

export type Runs = ReturnType<typeof runsTable>;

function toColumns(run: NewRun, id: string, startedAt: Date) {
  return {
    id,
    kind: run.kind,
    name: run.name,
    startedAt: startedAt.toISOString(),
    params: JSON.stringify(run.params),
    datasetHash: run.datasetHash ?? null,
    splitHash: run.splitHash ?? null,
    contractHash: run.contractHash ?? null,
    backboneHash: run.backboneHash ?? null,
    codeVersion: run.codeVersion,
    environment: JSON.stringify(run.environment),
    leaky: run.leaky ? 1 : 0,
    notes: run.notes ?? '',
    parent: run.parent ?? null,
    dataVersion: run.dataVersion ?? null,
  };
}
