import { z } from 'zod';
import { canonicalJson, sha256 } from '../../pipeline/disk/hash.ts';
import type { RecordsContext } from './context.ts';
import { readRow, readRows } from './row.ts';
import { write } from './write.ts';

/** DICOM PS3.15 A.5 events that this program knows, in its own words. */
export const auditActions = [
  'run/started',
  'run/resumed',
  'run/ended',
  'run/hidden',
  'run/restored',
  'run/deleted',
  'run/annotated',
  'batch/started',
  'batch/resumed',
  'batch/ended',
  'batch/deleted',
  'review/added',
  'review/withdrawn',
  'export',
  'import',
  'model/registered',
  'model/promoted',
  'model/rolled-back',
  'model/gate-overridden',
  'model/annotated',
  'model/signed',
  'key/made',
  'key/trusted',
  'key/distrusted',
  'data/version',
  'data/checked-out',
  'data/pushed',
  'data/pulled',
  'tracking/sent',
  'dataset/relabelled',
  'dataset/regrouped',
  'dataset/label-kept',
  'test-set/opened',
  'test-set/unseen',
] as const;
export type AuditAction = (typeof auditActions)[number];

/** Counts, ids and codes; never names, tags or paths of patients. */
export type AuditDetails = Readonly<Record<string, string | number | boolean | null>>;

const rowSchema = z.object({
  seq: z.int(),
  at: z.string(),
  action: z.string(),
  subject: z.string(),
  /** JSON text, byte for byte as it was hashed. */
  details: z.string(),
  hash: z.string(),
});
export type AuditRow = z.infer<typeof rowSchema>;

export type AuditCheck =
  | { readonly ok: true; readonly rows: number; readonly head: string }
  | { readonly ok: false; readonly firstBroken: number };

const origin = '0'.repeat(64);
const pageSize = 1000;

/** Append-only trail: each row's hash covers the row and the hash before it; the sequence number gives the order, not the clock. */
export function auditTable({ db, now }: RecordsContext) {
  const insert = db.prepare(
    'INSERT INTO audit (seq, at, action, subject, details, hash) VALUES (@seq, @at, @action, @subject, @details, @hash)',
  );
  const newest = db.prepare('SELECT * FROM audit ORDER BY seq DESC LIMIT 1');
  const page = db.prepare('SELECT * FROM audit WHERE seq > ? ORDER BY seq LIMIT ?');
  const ofAction = db.prepare('SELECT * FROM audit WHERE action = ? ORDER BY seq');
  // AUTOINCREMENT keeps the highest number ever given: rows cut off at the end are missed by it.
  const highest = db.prepare("SELECT seq FROM sqlite_sequence WHERE name = 'audit'").pluck();

  return {
    add(action: AuditAction, subject: string, details: AuditDetails = {}): void {
      write(db, () => {
        const last = readRow('audit', rowSchema, () => newest.get());
        const seq = Math.max(last?.seq ?? 0, Number(highest.get() ?? 0)) + 1;
        const row = { seq, at: now().toISOString(), action, subject, details: canonicalJson(details) };
        insert.run({ ...row, hash: hashOf(row, last?.hash ?? origin) });
      });
    },

    list(afterSeq: number, limit: number): AuditRow[] {
      return readRows('audit', rowSchema, () => page.all(afterSeq, limit));
    },

    /** Every row of one action, oldest first. */
    ofAction(action: AuditAction): AuditRow[] {
      return readRows('audit', rowSchema, () => ofAction.all(action));
    },

    /** Walks the chain. `firstBroken`: sequence number of the first row that was edited, moved, removed or put in. */
    verify(): AuditCheck {
      let seq = 0;
      let head = origin;
      for (;;) {
        const rows = this.list(seq, pageSize);
        for (const row of rows) {
          if (row.seq !== seq + 1 || row.hash !== hashOf(row, head)) return { ok: false, firstBroken: seq + 1 };
          seq = row.seq;
          head = row.hash;
        }
        if (rows.length < pageSize) break;
      }
      return Number(highest.get() ?? 0) === seq ? { ok: true, rows: seq, head } : { ok: false, firstBroken: seq + 1 };
    },
  };
}

function hashOf(row: Omit<AuditRow, 'hash'>, previous: string): string {
  return sha256(canonicalJson([previous, row.seq, row.at, row.action, row.subject, row.details]));
}

export type Audit = ReturnType<typeof auditTable>;
