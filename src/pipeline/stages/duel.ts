import type { Duel } from '../domain/duel.ts';
import { type DuelInput, duelInputSchema } from '../domain/duel-input.ts';
import { stepProgress } from '../progress.ts';
import { throwIfCancelled } from './cancel.ts';
import { duelOfLevel, scanLevel, sliceLevel } from './duel/level.ts';
import { sidesOfModels } from './duel/models.ts';
import { sidesOfRuns } from './duel/predictions.ts';
import { paired } from './duel/sides.ts';
import type { Stage } from './stage.ts';

/**
 * Two models on the same images: what B has right that A has wrong, and the other way round, by scan and by slice.
 * @throws HilumError `duel/…`, `model/…`, `source/…`, `run/no-predictions`
 */
export const duel: Stage<DuelInput> = {
  input: duelInputSchema,
  async run({ on, ...options }, context): Promise<Duel> {
    const progress = stepProgress(
      [
        { name: 'Reading files', weight: 2 },
        { name: 'Predicting', weight: 6 },
        { name: 'Bootstrap', weight: 2 },
      ],
      context.report,
    );
    const sides =
      on.kind === 'predictions' ? await sidesOfRuns(on.a, on.b) : await sidesOfModels(on, context, progress.at);
    throwIfCancelled(context.signal);
    progress.at('Bootstrap', 0, 2);
    const { a, b, leftOut } = paired(sides);
    const scan = duelOfLevel(scanLevel({ a, b, leftOut }, options), sides.classes, options);
    progress.at('Bootstrap', 1, 2);
    const slice = duelOfLevel(sliceLevel({ a, b, leftOut }), sides.classes, options);
    progress.at('Bootstrap', 2, 2);
    return {
      classes: [...sides.classes],
      compared: {
        images: a.length,
        scans: new Set(a.map((each) => each.scan)).size,
        groups: new Set(a.map((each) => each.group)).size,
      },
      left_out: [...leftOut],
      scan,
      slice,
      known_images: sides.knownImages,
    };
  },
};
