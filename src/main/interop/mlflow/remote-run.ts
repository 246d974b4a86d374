import type { TrackingLink, TrackingState } from '../../records/tracking-links.ts';
import { type RunRecord, readRecord } from '../../studies/run-record.ts';
import type { Pair } from './api.ts';
import { experimentId } from './experiment.ts';
import { ownTag, type Picture, pictureOf } from './picture.ts';
import { remoteSweep } from './sweeps.ts';
import type { SendTools } from './tools.ts';
import type { RemoteRun } from './wire.ts';

/** `remote` is told where the server was asked; undefined: what the link notes is certain. */
export type Linked = { readonly link: TrackingLink; readonly remote: RemoteRun | undefined } | 'deleted there';

/** Tags that a request which makes a run may hold. */
const mostTags = 100;

/**
 * The server's run for a run of ours: as linked, else found by our tag, else made. A new link stands in the records before
 * anything else is sent.
 */
export async function linkRun(tools: SendTools, record: RunRecord, picture: Picture): Promise<Linked> {
  const { api, records } = tools;
  const { run } = record;
  const server = api.server.address;
  const known = records.trackingLinks.get(server, run.id);
  if (known !== undefined && !known.state.open) return { link: known, remote: undefined };
  if (known !== undefined) {
    const remote = await api.run(known.remoteRun);
    if (remote?.info.lifecycle_stage === 'deleted') return 'deleted there';
    if (remote !== undefined) return { link: known, remote };
    records.trackingLinks.drop(server, run.id);
  }
  const experiment = { id: await experimentId(api, tools.experiment), name: tools.experiment };
  const found = await api.runsTagged(experiment.id, ownTag, run.id);
  const active = found.find(({ info }) => info.lifecycle_stage === 'active');
  if (active === undefined && found.length > 0) return 'deleted there';
  const remote = active ?? (await createRun(tools, experiment.id, record, picture));
  const state: TrackingState = {
    experiment,
    artifactUri: remote.info.artifact_uri,
    open: true,
    ...{ params: false, epochs: {}, figures: null, tags: null, dataset: null, files: null, artefacts: {} },
    status: 'RUNNING',
    sentAt: tools.now(),
  };
  const link = { server, run: run.id, remoteRun: remote.info.run_id, state };
  records.trackingLinks.put(link);
  return { link, remote };
}

async function createRun(
  tools: SendTools,
  experiment: string,
  { run }: RunRecord,
  picture: Picture,
): Promise<RemoteRun> {
  const { name, startMs, tags } = picture;
  const above = run.parent === null ? [] : await parentTags(tools, experiment, run.parent);
  return tools.api.createRun({ experiment, name, startMs, tags: [...above, ...tags].slice(0, mostTags) });
}

/** A run belongs below another run or below a sweep; of any other examination the server knows nothing. */
async function parentTags(tools: SendTools, experiment: string, parent: string): Promise<Pair[]> {
  const remote = (await linkedParent(tools, parent)) ?? (await remoteSweep(tools, experiment, parent))?.info.run_id;
  return remote === undefined ? [] : [{ key: 'mlflow.parentRunId', value: remote }];
}

async function linkedParent(tools: SendTools, parent: string): Promise<string | undefined> {
  const run = tools.records.runs.find(parent);
  if (run === undefined || run.parent === parent) return undefined;
  const record = readRecord(tools.records, run);
  const linked = await linkRun(tools, record, pictureOf(record, { seal: null, study: tools.experiment }));
  return linked === 'deleted there' ? undefined : linked.link.remoteRun;
}
