import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { onTestFinished } from 'vitest';

interface Pair {
  readonly key: string;
  readonly value: string;
}

interface Point {
  readonly key: string;
  readonly value: number | string;
  readonly timestamp: number;
  readonly step: number;
}

export interface FakeRun {
  readonly id: string;
  readonly experiment: string;
  name: string;
  status: string;
  start: number;
  end: number | undefined;
  deleted: boolean;
  readonly params: Map<string, string>;
  readonly tags: Map<string, string>;
  /** Everything that arrived, doubles too: a real server drops exact ones. */
  readonly points: Point[];
  readonly datasets: unknown[];
}

/** How a request is treated instead of being answered. */
export type Fault =
  | { readonly status: number; readonly headers?: Readonly<Record<string, string>>; readonly body?: string }
  | 'cut before'
  | 'cut after'
  | 'hang'
  | undefined;

export interface FakeRequest {
  readonly method: string;
  readonly path: string;
  readonly headers: IncomingMessage['headers'];
  readonly body: string;
}

export interface FakeMlflow {
  readonly url: string;
  readonly experiments: Map<string, { name: string; deleted: boolean }>;
  readonly runs: Map<string, FakeRun>;
  readonly files: Map<string, Buffer>;
  readonly models: Map<
    string,
    { versions: { version: string; run: string; source: string; tags: Pair[] }[]; aliases: Map<string, string> }
  >;
  readonly requests: FakeRequest[];
  /** Asked for each request; what it returns happens. */
  fault: (request: FakeRequest, count: number) => Fault;
}

/** A small MLflow that keeps what it is told in memory, and misbehaves on demand. */
export async function fakeMlflow(): Promise<FakeMlflow> {
  const fake: Omit<FakeMlflow, 'url'> & { url: string } = {
    url: '',
    experiments: new Map(),
    runs: new Map(),
    files: new Map(),
    models: new Map(),
    requests: [],
    fault: () => undefined,
  };
  const server = createServer((request, response) => void serve(fake, request, response));
  server.on('clientError', (_error, socket) => socket.destroy());
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address: AddressInfo | string | null = server.address();
  fake.url = `http://127.0.0.1:${typeof address === 'object' && address !== null ? address.port : 0}`;
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return fake;
}

async function serve(fake: FakeMlflow, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const pieces: Buffer[] = [];
  for await (const piece of request) pieces.push(Buffer.from(piece));
  const bytes = Buffer.concat(pieces);
  const asked = {
    method: request.method ?? '',
    path: request.url ?? '',
    headers: request.headers,
    body: bytes.toString('latin1'),
  };
  fake.requests.push({ ...asked, body: bytes.toString('utf8') });
  const fault = fake.fault(asked, fake.requests.length);
  if (fault === 'hang') return;
  if (fault === 'cut before') return void request.socket.destroy();
  if (fault !== undefined && fault !== 'cut after') {
    response.writeHead(fault.status, { 'content-type': 'application/json', ...fault.headers });
    return void response.end(fault.body ?? '');
  }
  const { status, body } = answer(fake, asked.method, new URL(asked.path, fake.url), bytes);
  if (fault === 'cut after') return void request.socket.destroy();
  response.writeHead(status, { 'content-type': 'application/json' });
  response.end(typeof body === 'string' ? body : JSON.stringify(body));
}

const missing = { status: 404, body: { error_code: 'RESOURCE_DOES_NOT_EXIST', message: 'none' } };
const invalid = { status: 400, body: { error_code: 'INVALID_PARAMETER_VALUE', message: 'bad' } };
const exists = { status: 400, body: { error_code: 'RESOURCE_ALREADY_EXISTS', message: 'there' } };

// biome-ignore lint/suspicious/noExplicitAny: the fake reads JSON as a real server would, field by field
type Json = any;

function answer(fake: FakeMlflow, method: string, url: URL, bytes: Buffer): { status: number; body: unknown } {
  const { pathname, searchParams } = url;
  if (pathname === '/version') return { status: 200, body: '3.17.2' };
  const proxy = '/api/2.0/mlflow-artifacts/artifacts/';
  if (pathname.startsWith(proxy) && method === 'PUT') {
    fake.files.set(decodeURIComponent(pathname.slice(proxy.length)), bytes);
    return { status: 200, body: {} };
  }
  const body: Json = bytes.length === 0 ? {} : JSON.parse(bytes.toString('utf8'));
  const deed = deeds[`${method} ${pathname.replace('/api/2.0/mlflow/', '')}`];
  if (deed === undefined) return { status: 404, body: '<!doctype html>' };
  return deed(fake, body, searchParams);
}

type Deed = (fake: FakeMlflow, body: Json, query: URLSearchParams) => { status: number; body: unknown };
const ok = (body: unknown = {}) => ({ status: 200, body });

const deeds: Readonly<Record<string, Deed>> = {
  'GET experiments/get-by-name': (fake, _body, query) =>
    experimentBy(fake, ({ name }) => name === query.get('experiment_name')),
  'GET experiments/get': (fake, _body, query) => experimentBy(fake, (_each, id) => id === query.get('experiment_id')),
  'POST experiments/create': (fake, { name }) => {
    if ([...fake.experiments.values()].some((each) => each.name === name)) return exists;
    const id = String(fake.experiments.size + 1);
    fake.experiments.set(id, { name, deleted: false });
    return ok({ experiment_id: id });
  },
  'POST experiments/search': (fake) =>
    ok({ experiments: [...fake.experiments].map(([experiment_id, { name }]) => ({ experiment_id, name })) }),
  'POST runs/create': (fake, { experiment_id, run_name, start_time, tags }) => {
    const id = (fake.runs.size + 1).toString(16).padStart(32, '0');
    const run: FakeRun = {
      ...{
        id,
        experiment: experiment_id,
        name: run_name,
        status: 'RUNNING',
        start: start_time,
        end: undefined,
        deleted: false,
      },
      params: new Map(),
      tags: new Map(tags.map(({ key, value }: Pair) => [key, value])),
      points: [],
      datasets: [],
    };
    fake.runs.set(id, run);
    return ok({ run: wire(run) });
  },
  'GET runs/get': (fake, _body, query) => {
    const run = fake.runs.get(query.get('run_id') ?? '');
    return run === undefined ? missing : ok({ run: wire(run) });
  },
  'POST runs/search': (fake, { experiment_ids, filter, run_view_type }) => {
    const [, key, value] = /^tags\.`(.+)` = '(.*)'$/.exec(filter ?? '') ?? [];
    const runs = [...fake.runs.values()].filter(
      (run) =>
        experiment_ids.includes(run.experiment) &&
        (run_view_type === 'ALL' || !run.deleted) &&
        (key === undefined || run.tags.get(key) === value),
    );
    return ok({ runs: runs.map(wire) });
  },
  'POST runs/log-batch': (fake, { run_id, metrics, params, tags }) => {
    const run = fake.runs.get(run_id);
    if (run === undefined) return missing;
    if (run.deleted || metrics.length > 1000 || params.length > 100 || tags.length > 100) return invalid;
    const names = [...metrics, ...params, ...tags].map(({ key }: Pair) => key);
    if (names.some((name) => !/^[\p{L}\p{N}_\-. :/]{1,250}$/u.test(name))) return invalid;
    if (params.some(({ key, value }: Pair) => (run.params.get(key) ?? value) !== value)) return invalid;
    for (const { key, value } of params) run.params.set(key, value);
    for (const { key, value } of tags) run.tags.set(key, value);
    run.points.push(...metrics);
    return ok();
  },
  'POST runs/log-inputs': (fake, { run_id, datasets }) => {
    const run = fake.runs.get(run_id);
    if (run === undefined) return missing;
    const text = JSON.stringify(datasets[0]);
    if (!run.datasets.some((each) => JSON.stringify(each) === text)) run.datasets.push(datasets[0]);
    return ok();
  },
  'POST runs/update': (fake, { run_id, status, end_time }) => {
    const run = fake.runs.get(run_id);
    if (run === undefined) return missing;
    run.status = status;
    run.end = end_time ?? run.end;
    return ok();
  },
  'GET metrics/get-history': (fake, _body, query) => {
    const run = fake.runs.get(query.get('run_id') ?? '');
    const all = run?.points.filter(({ key }) => key === query.get('metric_key')) ?? [];
    // Two pages, so that whoever reads has to turn them.
    const half = Math.ceil(all.length / 2);
    if (query.get('page_token') === 'second') return ok({ metrics: all.slice(half) });
    return ok({ metrics: all.slice(0, half), ...(half < all.length ? { next_page_token: 'second' } : {}) });
  },
  'POST registered-models/create': (fake, { name }) => {
    if (fake.models.has(name)) return exists;
    fake.models.set(name, { versions: [], aliases: new Map() });
    return ok({ registered_model: { name } });
  },
  'GET registered-models/get': (fake, _body, query) => {
    const model = fake.models.get(query.get('name') ?? '');
    if (model === undefined) return missing;
    const aliases = [...model.aliases].map(([alias, version]) => ({ alias, version }));
    return ok({ registered_model: aliases.length === 0 ? {} : { aliases } });
  },
  'GET model-versions/search': (fake, _body, query) => {
    const name = /^name = '(.*)'$/.exec(query.get('filter') ?? '')?.[1] ?? '';
    return ok({ model_versions: fake.models.get(name)?.versions ?? [] });
  },
  'POST model-versions/create': (fake, { name, source, run_id, tags }) => {
    const model = fake.models.get(name);
    if (model === undefined) return missing;
    const version = String(model.versions.length + 1);
    model.versions.push({ version, run: run_id, source, tags });
    return ok({ model_version: { version } });
  },
  'POST registered-models/alias': (fake, { name, alias, version }) => {
    fake.models.get(name)?.aliases.set(alias, version);
    return ok();
  },
  'DELETE registered-models/alias': (fake, { name, alias }) => {
    fake.models.get(name)?.aliases.delete(alias);
    return ok();
  },
};

function experimentBy(fake: FakeMlflow, fits: (each: { name: string }, id: string) => boolean) {
  const found = [...fake.experiments].find(([id, each]) => fits(each, id));
  if (found === undefined) return missing;
  const [experiment_id, { name, deleted }] = found;
  return ok({ experiment: { experiment_id, name, lifecycle_stage: deleted ? 'deleted' : 'active' } });
}

function wire(run: FakeRun) {
  const newest = new Map<string, Point>();
  for (const point of run.points) {
    const known = newest.get(point.key);
    if (known === undefined || point.step >= known.step) newest.set(point.key, point);
  }
  const pairs = (map: ReadonlyMap<string, string>) => [...map].map(([key, value]) => ({ key, value }));
  return {
    info: {
      run_id: run.id,
      run_name: run.name,
      experiment_id: run.experiment,
      status: run.status,
      start_time: run.start,
      ...(run.end === undefined ? {} : { end_time: run.end }),
      artifact_uri: `mlflow-artifacts:/${run.experiment}/${run.id}/artifacts`,
      lifecycle_stage: run.deleted ? 'deleted' : 'active',
    },
    data: { metrics: [...newest.values()], params: pairs(run.params), tags: pairs(run.tags) },
  };
}
