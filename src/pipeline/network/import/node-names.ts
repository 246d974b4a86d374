import { HilumError } from '../../domain/errors.ts';
import { headNames, inputName } from '../../domain/node-names.ts';

/** Names that the network gets here, beside the layers of the import. */
const ours = [inputName, 'features', ...Object.values(headNames)];

/** Gives each layer a name of its own: letters, digits, dots, dashes and underscores. */
export function nodeNames() {
  const taken = new Set<string>(ours);
  return {
    /** @throws HilumError `network/bad-graph` */
    of(layer: string, parents: readonly string[]): string {
      const plain = (text: string): string => text.replace(/[^A-Za-z0-9._-]/g, '_');
      const name = [layer, [...parents, layer].join('_'), `${layer}_layer`].map(plain).find((each) => !taken.has(each));
      if (name === undefined) throw new HilumError('network/bad-graph', { what: `two layers are named "${layer}"` });
      taken.add(name);
      return name;
    },
  };
}
