import type { Study } from '../../studies/study.ts';
import type { LiveLog } from './live.ts';
import { type Environment, given } from './settings.ts';

/** Live logging for one command, when an address is set and nobody switched it off; its code is loaded only then. */
export async function followIfAsked(
  study: Study,
  { env, say, now }: { readonly env: Environment; say(line: string): void; now(): string },
): Promise<LiveLog | undefined> {
  const { tracking } = study.workspace.config;
  const isInEnvironment = given(env.MLFLOW_TRACKING_URI) !== undefined;
  if (!(tracking?.live ?? isInEnvironment)) return undefined;
  const { LiveLog } = await import('./live.ts');
  return new LiveLog({ env, study: () => study, say, now });
}
