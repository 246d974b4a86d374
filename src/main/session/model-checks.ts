import { HilumError, hasCode } from '../../pipeline/domain/errors.ts';
import type { Output } from '../ipc/contract.ts';
import { problemOf } from '../models/inspect.ts';
import { requireRegularFiles } from '../models/sealed-folder.ts';
import { bundledId, modelFolderOf } from '../models/store.ts';
import { type VerifiedModel, verifiedModelSchema } from '../models/verify.ts';
import { keepVersion } from '../registry/register.ts';
import { keysPlace } from '../registry/signing/place.ts';
import { preferTrusted } from '../registry/signing/sign.ts';
import { readModelIdentity } from '../workspace/model-identity.ts';
import { usableIn } from './models.ts';
import type { Session } from './session.ts';

/** Every hash and the golden self-test of a model, in a worker. What is wrong with the model is the answer. */
export async function verifyKnown(session: Session, id: string): Promise<Output<'models/verify'>> {
  const folder = await modelFolderOf(session.study.workspace.paths.state, id);
  const startedMs = performance.now();
  const elapsedMs = (): number => performance.now() - startedMs;
  try {
    const { golden } = await verifyFolder(session, folder);
    return { ok: true, golden, elapsedMs: elapsedMs(), problem: null };
  } catch (error) {
    if (!(error instanceof HilumError) || hasCode(error, 'call/lost')) throw error;
    return { ok: false, golden: 0, elapsedMs: elapsedMs(), problem: problemOf(error) };
  }
}

/**
 * Keeps a copy of a sealed model after it has shown itself whole and right.
 * @returns its id
 * @throws HilumError `access/…`, `model/…`, `signature/…`, `disk/…`
 */
export async function importModel(session: Session, folder: string): Promise<string> {
  const real = await session.surface.access.require(folder);
  const { seal } = await verifyFolder(session, real);
  if (seal === (await bundledId())) return seal;
  await usableIn(session)(real);
  const { records, workspace } = session.study;
  const added = { origin: 'imported', run: null, addedAt: session.context().now() } as const;
  await keepVersion({ records, state: workspace.paths.state }, real, added);
  await preferTrusted(workspace.paths.state, real, seal, keysPlace(session.env));
  session.push({ topic: 'changed', what: 'models' });
  return seal;
}

async function verifyFolder(session: Session, folder: string): Promise<VerifiedModel> {
  await requireRegularFiles(folder);
  // What is no model at all is told without starting a process.
  await readModelIdentity(folder);
  return session.viewer.run('verify', { model: folder }, verifiedModelSchema);
}
