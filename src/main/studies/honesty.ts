import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { z } from 'zod';
import { sha256File } from '../../pipeline/disk/hash.ts';
import { type LeakMeter, leakMeterSchema } from '../../pipeline/domain/leak-meter.ts';
import { type Shortcuts, shortcutsSchema } from '../../pipeline/domain/shortcuts.ts';
import { artifactNames, type WorkspacePaths } from '../../pipeline/domain/stage-inputs.ts';
import { type Validation, validationSchema } from '../../pipeline/domain/validation.ts';
import type { Finding, FindingKind } from '../records/findings.ts';
import type { Study } from './study.ts';
import { type Look, looksAt, testSetOf } from './test-set.ts';

/** Looks that are listed; the rest is counted. */
const looksListed = 100;

export interface Examined<T> {
  readonly at: string;
  /** The dataset is another one by now. */
  readonly stale: boolean;
  readonly value: T;
}

/** What is known of how far data and figures of a workspace can be trusted. */
export interface HonestyView {
  readonly leak: Examined<LeakMeter> | null;
  readonly shortcuts: Examined<Shortcuts> | null;
  readonly validation: Examined<Validation> | null;
  readonly shuffled: Examined<Validation> | null;
  readonly protocol: { readonly folds: number; readonly repeats: number };
  readonly testSet: {
    readonly now: { readonly hash: string; readonly images: number; readonly looks: number } | null;
    readonly total: number;
    readonly looks: Look[];
  };
}

/** @throws HilumError `table/…` of the dataset, `records/…` */
export async function describeHonesty({ workspace, records }: Study): Promise<HonestyView> {
  const { paths, params } = workspace;
  const dataset = await datasetHash(paths);
  const newest = <T>(kind: FindingKind, schema: z.ZodType<T>, holds: (value: T) => boolean = () => true) =>
    newestOf(records.findings.list({ kind, limit: findingsRead }), schema, dataset, holds);
  const looks = looksAt(records);
  const set = await testSetOf(paths);
  return {
    leak: newest('leak-meter', leakMeterSchema),
    shortcuts: newest('shortcuts', shortcutsSchema),
    validation: newest('validation', validationSchema, ({ shuffled }) => shuffled === null),
    shuffled: newest('validation', validationSchema, ({ shuffled }) => shuffled !== null),
    protocol: { ...params.validation },
    testSet: {
      now: set === null ? null : { ...set, looks: looks.filter(({ testSet }) => testSet === set.hash).length },
      total: looks.length,
      looks: looks.slice(-looksListed).reverse(),
    },
  };
}

/** Enough to pass over controls that were run after the last validation. */
const findingsRead = 20;

/** One that an older program wrote in another form does not count. */
function newestOf<T>(
  findings: readonly Finding[],
  schema: z.ZodType<T>,
  dataset: string | null,
  holds: (value: T) => boolean,
): Examined<T> | null {
  for (const { madeAt, datasetHash: measured, result } of findings) {
    const read = schema.safeParse(result);
    if (read.success && holds(read.data)) return { at: madeAt, stale: measured !== dataset, value: read.data };
  }
  return null;
}

async function datasetHash({ artifacts }: WorkspacePaths): Promise<string | null> {
  const manifest = join(artifacts, artifactNames.manifest);
  return existsSync(manifest) ? sha256File(manifest) : null;
}
