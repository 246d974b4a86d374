import { type ClassifyInput, classifyInputSchema } from '../domain/stage-inputs.ts';
import type { BatchItem } from '../protocol.ts';
import { throwIfCancelled } from './cancel.ts';
import { openBlackBox } from './classify/black-box.ts';
import { classifyFile } from './classify/classify-file.ts';
import { resultSender } from './classify/result-sender.ts';
import type { StageContext } from './context.ts';
import { inOrder } from './in-order.ts';
import { openSealedEngine } from './sealed-engine.ts';
import type { Stage } from './stage.ts';

/** Files read and decoded at the same time while the network works; at most the black box's slots. */
const filesAtOnce = 6;

/** Answers for the items that the supervisor sends, in order, until it says that was the last page. */
export const classify: Stage<ClassifyInput> = {
  input: classifyInputSchema,
  async run(input, context): Promise<{ items: number }> {
    const { model, engine, gate } = await openSealedEngine(input.model, input.seal);
    const blackBox = openBlackBox(input.blackBox);
    const reviewBelow = input.reviewBelow ?? model.calibration.review_below;
    const sets = model.calibration.evidence?.conformal;
    // Without enough patient groups behind them sets exclude next to nothing, and decide nothing.
    const conformal = sets?.promised === true ? sets.thresholds : undefined;
    const sender = resultSender((results) => context.emit({ kind: 'results', results }));
    let items = 0;
    try {
      const results = inOrder(flattened(context), filesAtOnce, async (item) => {
        throwIfCancelled(context.signal);
        const leave = blackBox.enter(item.item);
        try {
          return await classifyFile(item, { contract: model.contract, engine, reviewBelow, conformal, gate });
        } finally {
          leave();
        }
      });
      for await (const result of results) {
        items++;
        await sender.add(result);
      }
      throwIfCancelled(context.signal);
      return { items };
    } finally {
      await sender.flush();
      blackBox.close();
      await engine.close();
    }
  },
};

async function* flattened(context: StageContext): AsyncGenerator<BatchItem> {
  for await (const page of context.items()) yield* page;
}
