import { type InspectNetworkInput, inspectNetworkInputSchema, type NetworkFacts } from '../domain/import-network.ts';
import { readForeign, recognise } from '../network/index.ts';
import { factsOf, factsOfSealed } from './import-network/facts.ts';
import type { Stage } from './stage.ts';

/** What a file or folder from elsewhere is, and what could be made of it. Nothing is written. */
export const inspectNetwork: Stage<InspectNetworkInput> = {
  input: inspectNetworkInputSchema,
  async run({ network, size }): Promise<NetworkFacts> {
    if ((await recognise(network)) === 'sealed') return factsOfSealed(network);
    return factsOf(await readForeign(network, size));
  },
};
