import { cacheSizes, clearCache } from '../../session/caches.ts';
import { startDemoBatch } from '../../session/jobs/demo.ts';
import { startDemoDataset } from '../../session/jobs/demo-dataset.ts';
import { checkMachine, measureSpeed } from '../../session/machine.ts';
import type { Session } from '../../session/session.ts';
import type { Handlers } from '../core.ts';

type MachineHandlers = Pick<
  Handlers,
  'machine/check' | 'machine/speed' | 'cache/sizes' | 'cache/clear' | 'demo/classify' | 'demo/dataset'
>;

export function machineHandlers(session: Session): MachineHandlers {
  return {
    'machine/check': () => checkMachine(session),
    'machine/speed': () => measureSpeed(session),
    'cache/sizes': () => cacheSizes(session),
    'cache/clear': async ({ kind }) => ({ bytes: await clearCache(session, kind) }),
    'demo/classify': () => startDemoBatch(session),
    'demo/dataset': () => ({ job: startDemoDataset(session) }),
  };
}
