import { HilumError, toEnvelope } from '../../pipeline/domain/errors.ts';
import { credentialsFor, tokenName } from '../interop/mlflow/credentials.ts';
import { experimentOf, type TrackingSettings, trackingSettings } from '../interop/mlflow/settings.ts';
import { type ConnectionTest, requireTracking, testConnection } from '../interop/mlflow/test-connection.ts';
import { waitingRuns } from '../interop/mlflow/waiting.ts';
import { type WrittenTracking, writeTracking } from '../interop/mlflow/write-settings.ts';
import { openKeychain } from '../keychain/index.ts';
import type { Session } from './session.ts';

/** How this workspace stands to its tracking server. The server is not asked. */
export async function trackingState({ study, env }: Session) {
  const { tracking } = study.workspace.config;
  const keychain = await openKeychain();
  const settings = settingsOrProblem({ study, env });
  const isUsable = settings !== null && !(settings instanceof HilumError);
  const waiting = isUsable ? await waitingRuns(study, settings) : null;
  return {
    written: {
      uri: tracking?.uri ?? null,
      experiment: tracking?.experiment ?? null,
      live: tracking?.live ?? null,
      artefacts: tracking?.artefacts ?? ('without-names' as const),
    },
    server: isUsable ? settings.server.address : null,
    from: isUsable ? settings.from : null,
    problem: settings instanceof HilumError ? envelope(settings) : null,
    experiment: experimentOf(env, study.workspace),
    live: isUsable && settings.live,
    secret: isUsable ? (await credentialsFor(settings.server, env)).from : ('none' as const),
    keychainProblem: keychain.available ? null : (keychain.problem ?? 'This machine has no keychain.'),
    lastSent: waiting?.lastSent ?? null,
    waiting: waiting?.runs ?? null,
  };
}

function settingsOrProblem({ study, env }: Pick<Session, 'study' | 'env'>): TrackingSettings | HilumError | null {
  try {
    return trackingSettings(env, study.workspace);
  } catch (error) {
    if (error instanceof HilumError) return error;
    throw error;
  }
}

function envelope(error: HilumError) {
  const { code, facts } = toEnvelope(error);
  return { code, facts: { ...facts } };
}

/** @throws HilumError `tracking/…`, `config/…` */
export async function saveTracking(session: Session, wanted: WrittenTracking): Promise<void> {
  await writeTracking(session.study.workspace.paths.root, wanted);
  await session.reloadStudy();
}

/** @throws HilumError `tracking/…` */
export function testTracking({ study, env }: Session): Promise<ConnectionTest> {
  return testConnection(requireTracking(env, study.workspace), env, new AbortController().signal);
}

/** @throws HilumError `keychain/unavailable`, `tracking/…` */
export async function keepToken({ study, env }: Session, token: string | null): Promise<void> {
  const name = tokenName(requireTracking(env, study.workspace).server);
  const keychain = await openKeychain();
  if (token === null) await keychain.delete(name);
  else await keychain.set(name, token);
}
