import { HilumError } from '../domain/errors.ts';
import {
  type ImportedNetworkReport,
  type ImportNetworkInput,
  importNetworkInputSchema,
  type Range,
} from '../domain/import-network.ts';
import { foldBatchNorm, readForeign, recognise } from '../network/index.ts';
import type { StageContext } from './context.ts';
import { importBackbone } from './import-network/backbone.ts';
import { importClassifier } from './import-network/classifier.ts';
import { factsOf } from './import-network/facts.ts';
import type { Stage } from './stage.ts';

/** A network from elsewhere as a sealed model or as a backbone of this workspace. */
export const importNetwork: Stage<ImportNetworkInput> = {
  input: importNetworkInputSchema,
  async run(input, context): Promise<ImportedNetworkReport> {
    report(context, 'Reading the network', 0);
    if ((await recognise(input.network)) === 'sealed') throw new HilumError('network/is-sealed');
    const read = await readForeign(input.network, input.size);
    const net = input.fold ? foldBatchNorm(read.net) : read.net;
    const facts = factsOf(read);
    if (input.as === 'classifier') return { facts, ...(await importClassifier(net, facts, input, context)) };
    const imported = await importBackbone(net, facts, rangeOf(input), input);
    report(context, 'Writing the backbone', 1);
    return { facts, search: null, imported };
  },
};

/** A backbone's range has to be stated: nothing can be compared with maps. */
function rangeOf({ stated }: ImportNetworkInput): Range {
  if (stated.range !== undefined) return stated.range;
  throw new HilumError('contract/incomplete', { what: 'the range of values is missing (--range)' });
}

function report(context: StageContext, step: string, done: number): void {
  context.report({ step, done, total: 1, fraction: done });
}
