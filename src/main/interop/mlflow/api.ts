import { HilumError } from '../../../pipeline/domain/errors.ts';
import type { RemoteStatus } from '../../records/tracking-links.ts';
import type { Entries } from './batches.ts';
import type { Client } from './client.ts';
import { hostOf, isRefusal } from './failures.ts';
import {
  experimentsSchema,
  historySchema,
  newExperimentSchema,
  nothingSchema,
  oneExperimentSchema,
  oneRunSchema,
  type RemoteExperiment,
  type RemotePoint,
  type RemoteRun,
  runsSchema,
} from './wire.ts';

export interface NewRemoteRun {
  readonly experiment: string;
  readonly name: string;
  readonly startMs: number;
  readonly tags: readonly Pair[];
}

export interface Pair {
  readonly key: string;
  readonly value: string;
}

export interface RemoteDataset {
  readonly name: string;
  /** At most 36 characters. */
  readonly digest: string;
  readonly source: string;
  readonly profile: string;
}

const base = '/api/2.0/mlflow';
const pageSize = 1000;

/** Calls of MLflow's REST interface about experiments and runs. All throw as the client does. */
export function trackingApi(client: Client) {
  return {
    server: client.server,
    /** `3.17.2`; servers before 1.30 do not tell. */
    version: async (): Promise<string> => (await client.text('/version')).trim(),
    /** undefined: there is none; one that was deleted is told as such. */
    async experimentNamed(name: string): Promise<RemoteExperiment | undefined> {
      const query = new URLSearchParams({ experiment_name: name });
      try {
        return (await client.get(`${base}/experiments/get-by-name?${query}`, oneExperimentSchema)).experiment;
      } catch (error) {
        if (isRefusal(error, 'RESOURCE_DOES_NOT_EXIST')) return undefined;
        throw error;
      }
    },
    /** Deleted ones too. */
    async hasExperiment(id: string): Promise<boolean> {
      try {
        await client.get(`${base}/experiments/get?${new URLSearchParams({ experiment_id: id })}`, oneExperimentSchema);
        return true;
      } catch (error) {
        if (isRefusal(error, 'RESOURCE_DOES_NOT_EXIST')) return false;
        throw error;
      }
    },
    async createExperiment(name: string): Promise<string> {
      const made = await client.post(`${base}/experiments/create`, { name }, newExperimentSchema);
      return made.experiment_id;
    },
    /** Those that were not deleted. */
    experiments: (): Promise<RemoteExperiment[]> =>
      pages(async (page_token) => {
        const body = { max_results: pageSize, page_token };
        const answer = await client.post(`${base}/experiments/search`, body, experimentsSchema, true);
        return { found: answer.experiments, next: answer.next_page_token };
      }),
    /** Whether the rights reach as far as reading; nothing is made. */
    async canRead(): Promise<void> {
      await client.post(`${base}/experiments/search`, { max_results: 1 }, experimentsSchema, true);
    },
    /** Deleted runs too. */
    runsTagged: (experiment: string, key: string, value: string): Promise<RemoteRun[]> =>
      pages(async (page_token) => {
        const filter = `tags.\`${key}\` = '${value.replaceAll("'", '')}'`;
        const body = { experiment_ids: [experiment], filter, run_view_type: 'ALL', max_results: pageSize, page_token };
        const answer = await client.post(`${base}/runs/search`, body, runsSchema, true);
        return { found: answer.runs, next: answer.next_page_token };
      }),
    runsOf: (experiments: readonly string[]): Promise<RemoteRun[]> =>
      pages(async (page_token) => {
        const order = ['attributes.start_time ASC'];
        const body = { experiment_ids: experiments, max_results: pageSize, order_by: order, page_token };
        const answer = await client.post(`${base}/runs/search`, body, runsSchema, true);
        return { found: answer.runs, next: answer.next_page_token };
      }),
    /** undefined: the server has no such run. */
    async run(id: string): Promise<RemoteRun | undefined> {
      try {
        return (await client.get(`${base}/runs/get?${new URLSearchParams({ run_id: id })}`, oneRunSchema)).run;
      } catch (error) {
        if (isRefusal(error, 'RESOURCE_DOES_NOT_EXIST')) return undefined;
        throw error;
      }
    },
    /** Never repeated by the client: two would be two runs. */
    async createRun({ experiment, name, startMs, tags }: NewRemoteRun): Promise<RemoteRun> {
      const body = { experiment_id: experiment, run_name: name, start_time: startMs, tags };
      return (await client.post(`${base}/runs/create`, body, oneRunSchema)).run;
    },
    /** Metrics are not repeated by the client: whoever calls asks first what arrived. */
    async log(run: string, entries: Entries): Promise<void> {
      const twiceIsOnce = entries.metrics.length === 0;
      await client.post(`${base}/runs/log-batch`, { run_id: run, ...entries }, nothingSchema, twiceIsOnce);
    },
    async logDataset(run: string, dataset: RemoteDataset): Promise<void> {
      const tags = [{ key: 'mlflow.data.context', value: 'training' }];
      const datasets = [{ tags, dataset: { ...dataset, source_type: 'hilum' } }];
      await client.post(`${base}/runs/log-inputs`, { run_id: run, datasets }, nothingSchema, true);
    },
    async setStatus(run: string, status: RemoteStatus, endMs: number | null): Promise<void> {
      const body = { run_id: run, status, ...(endMs === null ? {} : { end_time: endMs }) };
      await client.post(`${base}/runs/update`, body, nothingSchema, true);
    },
    /** Every point that the server has of a metric. */
    history: (run: string, key: string): Promise<RemotePoint[]> =>
      pages(async (page_token) => {
        const query = new URLSearchParams({ run_id: run, metric_key: key, max_results: '25000' });
        if (page_token !== undefined) query.set('page_token', page_token);
        const answer = await client.get(`${base}/metrics/get-history?${query}`, historySchema);
        return { found: answer.metrics, next: answer.next_page_token };
      }),
    /** @param root artifact address of the run. @param path below it, `/` between folders */
    async upload(root: string, path: string, bytes: Uint8Array<ArrayBuffer>): Promise<void> {
      const below = proxyPath(client, root);
      if (below === undefined) throw new HilumError('tracking/no-proxy', { server: hostOf(client.server) });
      const parts = [...below.split('/'), ...path.split('/')].filter((part) => part !== '');
      await client.put(`/api/2.0/mlflow-artifacts/artifacts/${parts.map(encodeURIComponent).join('/')}`, bytes);
    },
    /** Whether files of a run with this artifact address go through the server itself. */
    takesFiles: (root: string): boolean => proxyPath(client, root) !== undefined,
  };
}
export type TrackingApi = ReturnType<typeof trackingApi>;

/** `mlflow-artifacts:/1/<run>/artifacts` → `1/<run>/artifacts`; undefined when files go elsewhere: they would need other rights. */
function proxyPath({ server }: Client, root: string): string | undefined {
  const match = /^mlflow-artifacts:(?:\/\/([^/]*))?\/(.*)$/.exec(root);
  if (match === null) return undefined;
  const [, host = '', path] = match;
  return host === '' || host === hostOf(server) ? path : undefined;
}

/** A server that gives the same page for ever must not hold us for ever. */
const mostPages = 10_000;

async function pages<T>(
  ask: (page: string | undefined) => Promise<{ found: T[]; next: string | undefined }>,
): Promise<T[]> {
  const all: T[] = [];
  let page: string | undefined;
  for (let count = 0; count < mostPages; count++) {
    const { found, next } = await ask(page);
    all.push(...found);
    if (next === undefined || next === '' || next === page) break;
    page = next;
  }
  return all;
}
