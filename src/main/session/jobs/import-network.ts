import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { HilumError } from '../../../pipeline/domain/errors.ts';
import { referenceTolerance } from '../../../pipeline/domain/import-network.ts';
import type { Job, Output } from '../../ipc/contract.ts';
import { type ImportWish, importNetwork } from '../../models/import-network.ts';
import type { Session } from '../session.ts';

type Outcome = NonNullable<Output<'networks/outcome'>['outcome']>;

/** What imports came to, by job. */
export type KeptOutcomes = Map<string, Outcome>;
const mostKept = 20;

/** Queues the import of a network. Where no contract is found the job fails, and its outcome tells what was tried. */
export function importNetworkJob(session: Session, wish: ImportWish, outcomes: KeptOutcomes): Job {
  const job = session.jobs.add({
    kind: 'import-network',
    title: `Import: ${wish.title}`,
    subject: null,
    async run(context) {
      await session.reloadStudy();
      const outcome = await importNetwork(session.study, context, wish);
      keep(outcomes, job.id, outcome);
      if (outcome.imported?.as === 'classifier') session.push({ topic: 'changed', what: 'models' });
      if (outcome.imported !== null) return;
      const best = outcome.search?.tried[0]?.deviation.toExponential(1) ?? 'not compared';
      throw new HilumError('contract/not-found', { tolerance: referenceTolerance, best });
    },
  });
  return job;
}

/** The one Keras file of a folder that holds nothing else that could be meant, else the path itself. */
export async function networkAt(path: string): Promise<string> {
  if (!(await stat(path)).isDirectory()) return path;
  const names = await readdir(path);
  const files = names.filter((name) => /\.(h5|hdf5|keras)$/i.test(name));
  const [only] = files;
  const isModel = ['seal.json', 'model.json', 'saved_model.pb'].some((name) => names.includes(name));
  return isModel || only === undefined || files.length > 1 ? path : join(path, only);
}

function keep(outcomes: KeptOutcomes, job: string, outcome: Outcome): void {
  outcomes.set(job, outcome);
  const [oldest] = outcomes.keys();
  if (outcomes.size > mostKept && oldest !== undefined) outcomes.delete(oldest);
}
