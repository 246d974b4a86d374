import { basename } from 'node:path';
import type { SentArtefacts } from '../../../pipeline/domain/tracking.ts';
import type { Workspace } from '../../workspace/open.ts';
import { serverOf, type TrackingServer } from './server.ts';

export type Environment = Readonly<Record<string, string | undefined>>;

export interface TrackingSettings {
  readonly server: TrackingServer;
  readonly from: 'environment' | 'config.yaml';
  readonly experiment: string;
  readonly live: boolean;
  readonly artefacts: SentArtefacts;
}

/**
 * Where the runs of a workspace are sent; null: nowhere. The environment wins over config.yaml, as with MLflow's own client.
 * @throws HilumError `tracking/bad-address`, `tracking/secret-in-address`
 */
export function trackingSettings(env: Environment, workspace: Workspace): TrackingSettings | null {
  const { tracking } = workspace.config;
  const fromEnv = given(env.MLFLOW_TRACKING_URI);
  const written = fromEnv ?? tracking?.uri;
  if (written === undefined) return null;
  return {
    server: serverOf(written, fromEnv === undefined ? 'config.yaml, tracking.uri' : 'MLFLOW_TRACKING_URI'),
    from: fromEnv === undefined ? 'config.yaml' : 'environment',
    experiment: experimentOf(env, workspace),
    live: tracking?.live ?? fromEnv !== undefined,
    artefacts: tracking?.artefacts ?? 'without-names',
  };
}

export function experimentOf(env: Environment, { config, paths }: Workspace): string {
  return given(env.MLFLOW_EXPERIMENT_NAME) ?? config.tracking?.experiment ?? (basename(paths.root) || 'hilum');
}

/** A variable that is set to nothing is not set. */
export function given(value: string | undefined): string | undefined {
  return value === undefined || value.trim() === '' ? undefined : value.trim();
}
