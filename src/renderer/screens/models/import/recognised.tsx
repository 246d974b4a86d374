import type { NetworkFacts } from '../../../../pipeline/domain/import-network.ts';
import { KeyValues } from '../../../components/figures/key-values.tsx';
import { formatCount } from '../../../format/numbers.ts';
import { endingWords, kindWords } from './words.ts';

/** What lies there, before anything is decided. */
export function Recognised({
  facts: { kind, layers, parameters, input, classifier, backbone },
}: {
  readonly facts: NetworkFacts;
}) {
  const colour = input.channels === 1 ? 'one channel of grey' : 'three channels';
  return (
    <section aria-label="What was recognised">
      <KeyValues
        columns={2}
        items={[
          { name: 'Recognised', value: kindWords[kind] },
          { name: 'Layers', value: `${formatCount(layers)}, ${formatCount(parameters)} parameters` },
          { name: 'Takes', value: `${input.size} x ${input.size} pixels, ${colour}` },
          {
            name: 'As a classifier',
            value:
              classifier === null
                ? 'It is none'
                : `${classifier.classes} classes; ends in ${endingWords[classifier.ending]}`,
          },
          {
            name: 'As a backbone',
            value:
              backbone === null
                ? 'It is none'
                : `${formatCount(backbone.channels)} features (map of ${backbone.side} x ${backbone.side})`,
          },
        ]}
      />
    </section>
  );
}
