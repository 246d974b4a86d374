import type { Records } from '../../records/index.ts';
import type { Workspace } from '../../workspace/open.ts';
import { trackingApi } from './api.ts';
import { openClient } from './client.ts';
import { type Credentials, credentialsFor } from './credentials.ts';
import { modelApi } from './model-api.ts';
import type { Environment, TrackingSettings } from './settings.ts';
import type { SendTools } from './tools.ts';

export interface Connection {
  readonly settings: TrackingSettings;
  readonly credentials: Credentials;
}

export interface Pace {
  readonly timeoutMs?: number;
  readonly attempts?: number;
  readonly firstPauseMs?: number;
}

export async function connectionTo(settings: TrackingSettings, env: Environment): Promise<Connection> {
  return { settings, credentials: await credentialsFor(settings.server, env) };
}

/** What sending takes, over one connection. Nothing is asked of the server yet. */
export function sendTools(
  { settings, credentials }: Connection,
  study: { readonly records: Records; readonly workspace: Workspace },
  signal: AbortSignal,
  now: () => string,
  pace: Pace = {},
): SendTools {
  const client = openClient({ server: settings.server, credentials, signal, ...pace });
  return {
    api: trackingApi(client),
    models: modelApi(client),
    records: study.records,
    workspace: study.workspace,
    experiment: settings.experiment,
    artefacts: settings.artefacts,
    now,
  };
}
