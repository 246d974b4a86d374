import { networkFactsSchema } from '../../../pipeline/domain/import-network.ts';
import { importNetworkJob, type KeptOutcomes, networkAt } from '../../session/jobs/import-network.ts';
import type { Session } from '../../session/session.ts';
import type { Handlers } from '../core.ts';

export function networkHandlers(
  session: Session,
): Pick<Handlers, 'networks/inspect' | 'networks/import' | 'networks/outcome'> {
  const outcomes: KeptOutcomes = new Map();
  return {
    'networks/inspect': async ({ path, size }) => {
      const network = await networkAt(await session.surface.access.require(path));
      const input = { network, ...(size === null ? {} : { size }) };
      return { path: network, facts: await session.viewer.run('inspect-network', input, networkFactsSchema) };
    },
    'networks/import': async ({ path, reference, size, ...wish }) => {
      const { access } = session.surface;
      const network = await networkAt(await access.require(path));
      const compared =
        reference === null
          ? undefined
          : {
              images: await access.require(reference.images),
              predictions: await access.require(reference.predictions),
            };
      const whole = { ...wish, network, size: size ?? undefined, reference: compared };
      return { job: importNetworkJob(session, whole, outcomes).id };
    },
    'networks/outcome': ({ job }) => ({ outcome: outcomes.get(job) ?? null }),
  };
}
