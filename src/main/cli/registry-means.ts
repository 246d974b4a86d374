import { resolve } from 'node:path';
import { duelSchema } from '../../pipeline/domain/duel.ts';
import { stageInWorker } from '../jobs/stage-in-worker.ts';
import { verifyModel } from '../models/verify.ts';
import type { GateMeans } from '../registry/gates/gate.ts';
import type { Ground } from '../studies/duel/fight.ts';
import { account } from '../studies/test-set.ts';
import { resolveSource } from '../workspace/open.ts';
import type { CliContext } from './context.ts';

/** What gates need, in a worker of this command. */
export function gateMeans(context: CliContext): GateMeans {
  return {
    verify: (folder) => verifyModel(context, folder),
    duel: (input) => stageInWorker(context, 'duel', input, duelSchema),
    newId: context.newId,
    env: context.env,
  };
}

/** Who is named in the history of the registry. */
export const readerHere = (): string => account() || 'unknown';

/** Where models meet: on what their runs kept, or on a folder with labels. */
export function groundOf(
  { on, labels }: { readonly on?: string | undefined; readonly labels?: string | undefined },
  { cwd }: CliContext,
): Ground {
  if (on === undefined) return { kind: 'runs' };
  return {
    kind: 'folder',
    source: resolveSource(cwd, on),
    labels: labels === undefined ? undefined : resolve(cwd, labels),
  };
}
