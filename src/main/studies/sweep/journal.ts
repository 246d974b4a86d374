import { z } from 'zod';
import { canonicalJson } from '../../../pipeline/disk/hash.ts';
import { HilumError } from '../../../pipeline/domain/errors.ts';
import { estimateSchema } from '../../../pipeline/domain/metrics.ts';
import { paramsSchema } from '../../../pipeline/domain/params.ts';
import { sweepSchema } from '../../../pipeline/domain/sweep.ts';
import { errorCode } from '../../../pipeline/protocol.ts';
import type { Records } from '../../records/index.ts';
import { version } from '../../workspace/version.ts';

/** What a sweep searches and on which data: fixed when it begins. */
const planSchema = z.object({
  definition: sweepSchema,
  /** Parameters that the candidates change. */
  params: paramsSchema,
  candidates: z.array(z.object({ changes: z.record(z.string(), z.unknown()) })).min(1),
  rungs: z.array(z.object({ share: z.number(), candidates: z.int() })).min(1),
  allowLeak: z.boolean(),
  datasetHash: z.string(),
  splitHash: z.string(),
  protocol: z.enum(['holdout', 'cross-validated']),
});
export type SweepPlan = z.infer<typeof planSchema>;

export const heldOutSchema = z.object({
  images: z.int(),
  groups: z.int(),
  /** Over images. */
  balanced_accuracy: estimateSchema,
  log_loss: estimateSchema,
  scan_balanced_accuracy: estimateSchema,
});

const measurementSchema = z.object({
  candidate: z.int().min(0),
  rung: z.int().min(0),
  run: z.string(),
  epochs: z.int(),
  bestEpoch: z.int(),
  /** Training ended: a model was sealed. */
  finished: z.boolean(),
  /** Why training failed. */
  failed: errorCode.nullable(),
  heldOut: heldOutSchema.nullable(),
});
/** What a candidate reached at the end of a rung. */
export type Measurement = z.infer<typeof measurementSchema>;

export interface RecordedSweep {
  readonly id: string;
  readonly madeAt: string;
  readonly plan: SweepPlan;
  /** In the order in which they were made. */
  readonly measurements: readonly Measurement[];
}

/** Subject of the finding that a sweep begins with; those that follow have its id as subject. */
const ofDataset = 'dataset';

/**
 * A sweep in the records: a finding when it begins, one for each candidate and rung, one at its end. A killed sweep goes on
 * from what stands there.
 */
export function sweepJournal({ findings }: Pick<Records, 'findings'>) {
  const add = (subject: string, datasetHash: string, settings: Record<string, unknown>, result: object): string =>
    findings.add({ kind: 'sweep', subject, codeVersion: version, datasetHash, settings, result: { ...result } });
  const read = (id: string): RecordedSweep => {
    const begun = findings.get(id);
    const plan = planSchema.safeParse(begun.settings);
    if (begun.kind !== 'sweep' || !plan.success) throw new HilumError('finding/unknown', { finding: id });
    const rows = findings.list({ kind: 'sweep', subject: id }).toReversed();
    const measurements = rows.flatMap((row) => measurementSchema.safeParse(row.result).data ?? []);
    return { id, madeAt: begun.madeAt, plan: plan.data, measurements };
  };
  return {
    /** @returns id of the sweep */
    begin: (plan: SweepPlan): string => add(ofDataset, plan.datasetHash, plan, {}),
    measured({ id, plan }: RecordedSweep, measurement: Measurement): void {
      const { candidate, rung } = measurement;
      add(id, plan.datasetHash, { candidate: candidate + 1, rung: rung + 1 }, measurement);
    },
    /** The whole in one: definition, candidates, rungs and ranking. Twice is once. */
    ended({ id, plan }: RecordedSweep, result: object): void {
      const [newest] = findings.list({ kind: 'sweep', subject: id, limit: 1 });
      if (newest !== undefined && canonicalJson(newest.result) === canonicalJson(result)) return;
      add(id, plan.datasetHash, { definition: plan.definition, rungs: plan.rungs }, result);
    },
    /** @throws HilumError `finding/unknown` */
    read,
    /** Newest first; those that cannot be read are left out. */
    list(): { readonly id: string; readonly madeAt: string; readonly name: string }[] {
      return findings.list({ kind: 'sweep', subject: ofDataset }).flatMap(({ id, madeAt, settings }) => {
        const plan = planSchema.safeParse(settings);
        return plan.success ? [{ id, madeAt, name: plan.data.definition.name }] : [];
      });
    },
    /** The sweep of an id, of the beginning of one, or of a name. @throws HilumError `finding/unknown` */
    find(written: string): RecordedSweep {
      const known = this.list();
      const fitting = known.find(({ id, name }) => id === written || name === written);
      const beginning = known.filter(({ id }) => id.startsWith(written));
      const found = fitting ?? (beginning.length === 1 ? beginning[0] : undefined);
      if (found === undefined) throw new HilumError('finding/unknown', { finding: written });
      return read(found.id);
    },
  };
}
export type SweepJournal = ReturnType<typeof sweepJournal>;
