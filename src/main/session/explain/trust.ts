import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { HilumError } from '../../../pipeline/domain/errors.ts';
import { trustReportSchema } from '../../../pipeline/domain/explain.ts';
import { type Trust, trustSchema } from '../../../pipeline/domain/trust.ts';
import { trustFailure } from '../../../pipeline/domain/trust-words.ts';
import type { TrustState } from '../../ipc/contract.ts';
import { inspectModel } from '../../models/inspect.ts';
import { recordedTrust, recordTrust } from '../../models/trust.ts';
import type { Session } from '../session.ts';
import { type AskedModel, knownFolder } from './model-of.ts';

/** What is known of a model's heat maps without testing them. @throws HilumError `model/…` */
export async function trustState(session: Session, id: string): Promise<TrustState> {
  const model = await knownFolder(session, id);
  const { problem } = await inspectModel(model.folder);
  if (problem !== null) return { trust: null, from: null, problem };
  const sealed = await sealedTrust(model);
  if (sealed !== null) return stateOf(sealed, 'sealed');
  const recorded = recordedTrust(session.study.records, model.seal);
  return recorded === null ? { trust: null, from: null, problem: null } : stateOf(recorded, 'recorded');
}

/** Tests a model's heat maps anew. @throws HilumError `model/…` */
export async function testTrust(session: Session, id: string): Promise<TrustState> {
  const model = await knownFolder(session, id);
  const { seal, trust } = await session.viewer.run('trust', { model: model.folder }, trustReportSchema);
  keepTrust(session, seal, trust);
  return trustState(session, id);
}

/** Records what was measured, and tells the page. */
export function keepTrust(session: Session, seal: string, trust: Trust): void {
  recordTrust(session.study.records, seal, trust);
  session.push({ topic: 'changed', what: 'findings' });
}

/** The sentence that stands where a heat map would. */
export function trustProblem(trust: Trust): string | null {
  return trust.passed ? null : new HilumError('explain/not-trusted', { what: trustFailure(trust) }).sentence;
}

function stateOf(trust: Trust, from: TrustState['from']): TrustState {
  return { trust, from, problem: trustProblem(trust) };
}

/** trust.json, where the model was sealed with one. */
async function sealedTrust({ folder }: AskedModel): Promise<Trust | null> {
  const text = await readFile(join(folder, 'trust.json'), 'utf8').catch(() => null);
  return text === null ? null : (trustSchema.safeParse(JSON.parse(text)).data ?? null);
}
