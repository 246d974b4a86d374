import { openKeychain } from '../../keychain/index.ts';
import type { TrackingServer } from './server.ts';
import { type Environment, given } from './settings.ts';

/** Where the right to write on a server comes from. */
export type SecretSource = 'environment' | 'keychain' | 'none';

/** Says itself in a header and nowhere else: printed or written as JSON it shows where it came from. */
export class Credentials {
  readonly from: SecretSource;
  readonly #header: string | undefined;

  constructor(from: SecretSource, header: string | undefined) {
    this.from = from;
    this.#header = header;
  }

  get header(): string | undefined {
    return this.#header;
  }
}

export const noCredentials = new Credentials('none', undefined);

/** Name of a server's token in the keychain. */
export const tokenName = ({ origin }: TrackingServer): string => `mlflow:${origin}`;

/** MLFLOW_TRACKING_TOKEN, then user and password, then the keychain; never from a file. Does not throw. */
export async function credentialsFor(server: TrackingServer, env: Environment): Promise<Credentials> {
  const fromEnv = credentialsOfEnvironment(env);
  if (fromEnv !== undefined) return fromEnv;
  const keychain = await openKeychain();
  const kept = await keychain.get(tokenName(server));
  return kept === undefined ? noCredentials : new Credentials('keychain', `Bearer ${kept}`);
}

export function credentialsOfEnvironment(env: Environment): Credentials | undefined {
  const user = given(env.MLFLOW_TRACKING_USERNAME);
  const password = given(env.MLFLOW_TRACKING_PASSWORD);
  const token = given(env.MLFLOW_TRACKING_TOKEN);
  // The order of MLflow's own client.
  if (user !== undefined && password !== undefined) {
    return new Credentials('environment', `Basic ${Buffer.from(`${user}:${password}`).toString('base64')}`);
  }
  return token === undefined ? undefined : new Credentials('environment', `Bearer ${token}`);
}
