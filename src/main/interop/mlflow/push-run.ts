import { readFile } from 'node:fs/promises';
import { HilumError } from '../../../pipeline/domain/errors.ts';
import type { Run } from '../../records/runs.ts';
import type { TrackingLink, TrackingState } from '../../records/tracking-links.ts';
import { readKeptSeal } from '../../studies/kept-files.ts';
import { type RunRecord, readRecord } from '../../studies/run-record.ts';
import { filesKey, type OutgoingFile, outgoingFiles } from './artefacts.ts';
import { batchesOf } from './batches.ts';
import { isRefusal } from './failures.ts';
import { afterSending, isNothing, type Missing, missingOf } from './missing.ts';
import { type Picture, pictureOf } from './picture.ts';
import { askedMissing } from './reconcile.ts';
import { linkRun } from './remote-run.ts';
import { type SendTools, sendingTurn } from './tools.ts';

/** What was sent of a run. */
export interface Sent {
  readonly run: string;
  readonly remoteRun: string | null;
  readonly params: number;
  readonly points: number;
  readonly tags: number;
  readonly files: number;
  readonly changedStatus: boolean;
  /** Why (part of) it was left out; null: all is there. */
  readonly leftOut: 'deleted there' | 'no artefact proxy' | 'came from this server' | null;
}

/**
 * Sends what a server does not have of a run; nothing when it has all. Cut off at any place, the next call sends the rest
 * and nothing twice.
 * @throws HilumError `tracking/…`, `cancelled/by-user`
 */
export function pushRun(tools: SendTools, run: string): Promise<Sent> {
  return sendingTurn(tools.records)(async () => {
    const found = tools.records.runs.find(run);
    if (found === undefined) return nothingSent(run, null);
    if (cameFrom(found, tools.api.server.address))
      return { ...nothingSent(run, null), leftOut: 'came from this server' };
    return push(tools, found);
  });
}

export function cameFrom({ origin }: Run, server: string): boolean {
  return origin?.from === 'mlflow' && origin.server === server;
}

async function push(tools: SendTools, run: Run, isSecond = false): Promise<Sent> {
  const record = readRecord(tools.records, run);
  const picture = await pictureFor(tools, record);
  const known = tools.records.trackingLinks.get(tools.api.server.address, run.id);
  const isSettled = known !== undefined && !known.state.open && isNothing(missingOf(picture, known.state));
  if (isSettled && known.state.files === (await keyOfFiles(tools, record))) return nothingSent(run.id, known.remoteRun);
  const linked = await linkRun(tools, record, picture);
  if (linked === 'deleted there') return { ...nothingSent(run.id, null), leftOut: linked };
  const { link, remote } = linked;
  const missing =
    remote === undefined ? missingOf(picture, link.state) : await askedMissing(tools.api, remote, picture, link.state);
  try {
    return await sendMissing(tools, record, picture, link, missing);
  } catch (error) {
    if (isRefusal(error, 'RESOURCE_DOES_NOT_EXIST') && !isSecond) {
      tools.records.trackingLinks.drop(link.server, run.id);
      return push(tools, run, true);
    }
    if (isRefusal(error, 'INVALID_PARAMETER_VALUE') && (await isDeleted(tools, link))) {
      return { ...nothingSent(run.id, link.remoteRun), leftOut: 'deleted there' };
    }
    throw error;
  }
}

async function pictureFor(tools: SendTools, record: RunRecord): Promise<Picture> {
  return pictureOf(record, { seal: await sealOf(tools, record.run), study: tools.experiment });
}

const sealOf = ({ workspace }: SendTools, run: Run): Promise<string | null> =>
  readKeptSeal(workspace.paths.state, run.id);

async function keyOfFiles(tools: SendTools, record: RunRecord): Promise<string | null> {
  return isOver(record.run) ? filesKey(record, await sealOf(tools, record.run), tools.artefacts) : null;
}

/** Files of a run that goes on are sent at its end. */
const isOver = ({ outcome }: Run): boolean => outcome !== 'running';

async function isDeleted({ api }: SendTools, { remoteRun }: TrackingLink): Promise<boolean> {
  return (await api.run(remoteRun))?.info.lifecycle_stage === 'deleted';
}

async function sendMissing(
  tools: SendTools,
  record: RunRecord,
  picture: Picture,
  link: TrackingLink,
  missing: Missing,
): Promise<Sent> {
  const { api, records } = tools;
  const note = (part: Partial<TrackingState>): void => {
    link = { ...link, state: { ...link.state, ...part, sentAt: tools.now() } };
    records.trackingLinks.put(link);
  };
  // From here on nobody knows what arrived until it is noted that all did.
  if (!link.state.open) note({ open: true });
  const metrics = [...missing.epochs.flatMap(({ points }) => points), ...missing.figures];
  for (const batch of batchesOf({ metrics, params: missing.params, tags: missing.tags }))
    await api.log(link.remoteRun, batch);
  if (missing.dataset !== null) await api.logDataset(link.remoteRun, missing.dataset);
  const { status: _later, ...sofar } = afterSending(link.state, picture, missing);
  note(sofar);
  const files = await sendFiles(tools, record, link, note);
  if (missing.status) await api.setStatus(link.remoteRun, picture.status, picture.endMs);
  note({ open: false, status: picture.status });
  if (missing.status && isOver(record.run))
    records.audit.add('tracking/sent', record.run.id, { status: picture.status });
  return {
    run: record.run.id,
    remoteRun: link.remoteRun,
    params: missing.params.length,
    points: metrics.length,
    tags: missing.tags.length,
    files: files ?? 0,
    changedStatus: missing.status,
    leftOut: files === null ? 'no artefact proxy' : null,
  };
}

/** @returns how many files were sent; null: the server takes none */
async function sendFiles(
  tools: SendTools,
  record: RunRecord,
  link: TrackingLink,
  note: (part: Partial<TrackingState>) => void,
): Promise<number | null> {
  if (!isOver(record.run)) return 0;
  const key = await keyOfFiles(tools, record);
  if (link.state.files === key) return 0;
  const files = await outgoingFiles(tools.workspace, record, await sealOf(tools, record.run), tools.artefacts);
  const takesNone = files.length > 0 && !tools.api.takesFiles(link.state.artifactUri);
  const sent = { ...link.state.artefacts };
  let count = 0;
  for (const each of takesNone ? [] : files) {
    if (sent[each.path] === each.sha256) continue;
    await tools.api.upload(link.state.artifactUri, each.path, await bytesOf(each));
    sent[each.path] = each.sha256;
    count++;
    note({ artefacts: { ...sent } });
  }
  note({ files: key });
  return takesNone ? null : count;
}

async function bytesOf({ file, path }: OutgoingFile): Promise<Uint8Array<ArrayBuffer>> {
  try {
    return new Uint8Array(await readFile(file));
  } catch (error) {
    throw new HilumError('records/corrupt', { what: `the file ${path} of a run` }, { cause: error });
  }
}

function nothingSent(run: string, remoteRun: string | null): Sent {
  return { run, remoteRun, params: 0, points: 0, tags: 0, files: 0, changedStatus: false, leftOut: null };
}
