import { availableParallelism, cpus, totalmem } from 'node:os';
import { HilumError } from '../../pipeline/domain/errors.ts';
import { partChecks } from '../doctor/index.ts';
import type { Output } from '../ipc/contract.ts';
import { speedSchema } from '../models/speed.ts';
import { modelFolderOf } from '../models/store.ts';
import { defaultModelOf } from './models.ts';
import type { Session } from './session.ts';

const measuredMs = 2000;

/** What doctor says of this machine, but for the speed: that is measured when it is asked for. */
export async function checkMachine(session: Session): Promise<Output<'machine/check'>> {
  // The app's own program would start a second window instead of a script.
  const node = session.surface.transport === 'app' ? undefined : process.execPath;
  const context = { ...session.context(), node };
  const checks = [];
  for (const { name, neededFor = null, look } of partChecks) {
    checks.push({ name, neededFor, ...(await look(context)) });
  }
  const processor = cpus()[0]?.model.trim() ?? '';
  return { checks, cores: availableParallelism(), processor, memoryMb: Math.round(totalmem() / 2 ** 20) };
}

/** Images a second of the default model. @throws HilumError `machine/busy`, `model/…` */
export async function measureSpeed(session: Session): Promise<Output<'machine/speed'>> {
  if (session.jobs.busyWith().length > 0) throw new HilumError('machine/busy');
  const model = await modelFolderOf(session.study.workspace.paths.state, await defaultModelOf(session));
  return session.viewer.run('speed', { model, forMs: measuredMs }, speedSchema);
}
