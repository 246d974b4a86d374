import { HilumError } from '../../../pipeline/domain/errors.ts';
import type { Workspace } from '../../workspace/open.ts';
import { trackingApi } from './api.ts';
import { openClient } from './client.ts';
import { connectionTo } from './connect.ts';
import type { SecretSource } from './credentials.ts';
import { notUnderstood } from './failures.ts';
import { type Environment, type TrackingSettings, trackingSettings } from './settings.ts';

export interface ConnectionTest {
  readonly server: string;
  readonly version: string;
  readonly secret: SecretSource;
  readonly experiment: string;
  /** The experiment is there; else the first run that is sent makes it. */
  readonly isThere: boolean;
}

/** @throws HilumError `tracking/no-address`, as `trackingSettings` */
export function requireTracking(env: Environment, workspace: Workspace): TrackingSettings {
  const settings = trackingSettings(env, workspace);
  if (settings === null) throw new HilumError('tracking/no-address');
  return settings;
}

/** Asks whether the server is there, which version it is, and whether it lets us read. Nothing is made. @throws HilumError `tracking/…` */
export async function testConnection(
  settings: TrackingSettings,
  env: Environment,
  signal: AbortSignal,
): Promise<ConnectionTest> {
  const { server, credentials } = { ...settings, ...(await connectionTo(settings, env)) };
  const api = trackingApi(openClient({ server, credentials, signal, attempts: 1, timeoutMs: 10_000 }));
  const version = await api.version();
  if (!/^\d+\.\d+[\w.+-]{0,30}$/.test(version)) throw notUnderstood(server, 'no version');
  await api.canRead();
  const found = await api.experimentNamed(settings.experiment);
  return {
    server: server.address,
    version,
    secret: credentials.from,
    experiment: settings.experiment,
    isThere: found !== undefined,
  };
}
