import { z } from 'zod';
import type { RecordsContext } from './context.ts';
import { jsonColumn, readRow, readRows } from './row.ts';
import { write } from './write.ts';

export const remoteStatuses = ['RUNNING', 'FINISHED', 'FAILED', 'KILLED'] as const;
export type RemoteStatus = (typeof remoteStatuses)[number];

const stateSchema = z.object({
  experiment: z.object({ id: z.string(), name: z.string() }),
  /** Where the server keeps files of the run. */
  artifactUri: z.string(),
  /** Something was under way when this was written: the server is asked what it has before more is sent. */
  open: z.boolean(),
  params: z.boolean(),
  /** By fold: the newest epoch that the server has, with all before it. */
  epochs: z.record(z.string(), z.int()),
  /** Hash of the final figures, and at which step they stand: measured again, they go one step on. */
  figures: z.object({ hash: z.string(), step: z.int() }).nullable(),
  /** Hash of the tags; null: none were sent. */
  tags: z.string().nullable(),
  /** Hash of the dataset; null: none was sent. */
  dataset: z.string().nullable(),
  /** What decides which files there are, when all of them had been sent; null: not yet. */
  files: z.string().nullable(),
  /** SHA-256 by path on the server. */
  artefacts: z.record(z.string(), z.string()),
  status: z.enum(remoteStatuses),
  /** ISO 8601, UTC. */
  sentAt: z.string(),
});
/** What a tracking server has confirmed of a run. */
export type TrackingState = z.infer<typeof stateSchema>;

const rowSchema = z
  .object({ server: z.string(), run: z.string(), remote_run: z.string(), state: jsonColumn(stateSchema) })
  .transform(({ remote_run, ...row }) => ({ ...row, remoteRun: remote_run }));
export type TrackingLink = z.infer<typeof rowSchema>;

/** Which run of a tracking server is ours, by server. Written after the server confirmed. */
export function trackingLinksTable({ db }: RecordsContext) {
  const upsert =
    db.prepare(`INSERT INTO tracking_links (server, run, remote_run, state) VALUES (@server, @run, @remoteRun, @state)
    ON CONFLICT (server, run) DO UPDATE SET remote_run = excluded.remote_run, state = excluded.state`);
  const one = db.prepare('SELECT * FROM tracking_links WHERE server = ? AND run = ?');
  const ofServer = db.prepare('SELECT * FROM tracking_links WHERE server = ? ORDER BY run');
  const remove = db.prepare('DELETE FROM tracking_links WHERE server = ? AND run = ?');
  return {
    get: (server: string, run: string): TrackingLink | undefined =>
      readRow('tracking_links', rowSchema, () => one.get(server, run)),
    list: (server: string): TrackingLink[] => readRows('tracking_links', rowSchema, () => ofServer.all(server)),
    put({ server, run, remoteRun, state }: TrackingLink): void {
      write(db, () => upsert.run({ server, run, remoteRun, state: JSON.stringify(state) }));
    },
    /** The server does not have the run any more. */
    drop(server: string, run: string): void {
      write(db, () => remove.run(server, run));
    },
  };
}
export type TrackingLinks = ReturnType<typeof trackingLinksTable>;
