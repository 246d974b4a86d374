import { hasCode } from '../../domain/errors.ts';
import type { NetworkFacts } from '../../domain/import-network.ts';
import type { WeightedNetwork } from '../../domain/network.ts';
import { asClassifier, mapOf, openSealedModel, type readForeign, upToLastMap } from '../../network/index.ts';

type Read = Awaited<ReturnType<typeof readForeign>>;

/** What was recognised of a foreign network. */
export function factsOf({ kind, net, layers, isFreeSize }: Read): NetworkFacts {
  return { kind, layers, ...ofNetwork(net), isFreeSize };
}

/** @throws HilumError `model/…` */
export async function factsOfSealed(folder: string): Promise<NetworkFacts> {
  const net = await (await openSealedModel(folder)).network();
  return { kind: 'sealed', layers: net.network.nodes.length, ...ofNetwork(net), isFreeSize: false };
}

function ofNetwork(net: WeightedNetwork) {
  const parameters = [...net.weights.values()].reduce((sum, { data }) => sum + data.length, 0);
  return { parameters, input: { ...net.network.input }, classifier: classifierOf(net), backbone: backboneOf(net) };
}

function classifierOf(net: WeightedNetwork): NetworkFacts['classifier'] {
  try {
    const { net: whole, ending } = asClassifier(net);
    const last = whole.network.nodes.find(({ name }) => name === whole.network.output);
    return last?.op === 'dense' ? { classes: last.units, ending } : null;
  } catch (error) {
    if (hasCode(error, 'network/not-classifier')) return null;
    throw error;
  }
}

function backboneOf(net: WeightedNetwork): NetworkFacts['backbone'] {
  try {
    const { network } = upToLastMap(net);
    const { channels, height } = mapOf(network, network.output);
    return { channels, side: height };
  } catch (error) {
    if (hasCode(error, 'network/no-map')) return null;
    throw error;
  }
}
