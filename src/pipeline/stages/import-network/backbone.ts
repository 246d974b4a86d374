import type { ImportedNetworkReport, ImportNetworkInput, NetworkFacts, Range } from '../../domain/import-network.ts';
import type { WeightedNetwork } from '../../domain/network.ts';
import { channelRange } from '../../domain/value-ranges.ts';
import { mapOf, upToLastMap, withChannelRange, writeImportedBackbone } from '../../network/index.ts';

/**
 * Writes the network up to its last feature map as a backbone that params.yaml can name.
 * @throws HilumError `network/no-map`, `disk/…`
 */
export async function importBackbone(
  foreign: WeightedNetwork,
  facts: NetworkFacts,
  range: Range,
  { out, stated, title }: ImportNetworkInput,
): Promise<ImportedNetworkReport['imported']> {
  const cut = upToLastMap(foreign);
  const { mean, std, isEven } = channelRange(
    range,
    cut.network.input.channels === 1 ? 'grey' : (stated.channels ?? 'rgb'),
  );
  const net = isEven ? cut : withChannelRange(cut, { mean, std, isEven });
  const valueRange = isEven ? { mean: mean[0] ?? 0, std: std[0] ?? 1 } : { mean: 0, std: 1 };
  const { size } = net.network.input;
  // Zeros that Keras puts around a map by hand are right for one parity of the side only.
  const isFreeSize = facts.isFreeSize || net.network.nodes.every(({ op }) => op !== 'pad');
  await writeImportedBackbone(out, net, { title, valueRange, size, isFreeSize });
  return { as: 'backbone', dimensions: mapOf(net.network, net.network.output).channels, size, valueRange };
}
