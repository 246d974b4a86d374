import { dirname, resolve } from 'node:path';
import { z } from 'zod';
import { requireWritable } from '../../../pipeline/disk/atomic.ts';
import type { CardItem } from '../../../pipeline/domain/card/item.ts';
import type { CardSheet } from '../../../pipeline/domain/card/report.ts';
import { countStates } from '../../../pipeline/domain/card/sheet.ts';
import { stageInWorker } from '../../jobs/stage-in-worker.ts';
import { currentCard } from '../../studies/card/model-card.ts';
import { sideNamed } from '../../studies/duel/sides.ts';
import { textTable } from '../../studies/text-table.ts';
import { addWorkspaceOption, defineCommand, workspaceOption } from '../command.ts';
import { printResult } from '../context.ts';
import { withStudy } from '../study.ts';

export const modelsCard = defineCommand({
  name: 'models card',
  summary: 'fills CLAIM and TRIPOD+AI with what is known of a model by now, and lists what is missing',
  options: z.object({ ...workspaceOption, model: z.string().min(1), html: z.string().min(1).optional() }),
  configure(command) {
    command
      .argument('<model>', 'champion, a version (v3), first digits of a seal, model folder, or the run that made it')
      .option('--html <file>', 'write one page of HTML');
    addWorkspaceOption(command);
  },
  run: ({ workspace, model, html }, context) =>
    withStudy(context, workspace, async (study) => {
      const out = html === undefined ? undefined : resolve(context.cwd, html);
      if (out !== undefined) await requireWritable(dirname(out));
      const card = await currentCard(study, await sideNamed(study, model, context.cwd), context.now());
      if (out !== undefined) {
        await stageInWorker(context, 'report', { of: 'card', card, out }, z.object({ out: z.string() }));
      }
      printResult(context, { ...card, counts: countStates(card.items) }, describe(card));
      return 0;
    }),
});

function describe({ title, notice, trainedOn, items }: CardSheet): string {
  const { filled, missing } = countStates(items);
  const rows = (state: CardItem['state']) => items.filter((item) => item.state === state);
  const table = (state: CardItem['state']) =>
    textTable(
      ['item', 'about', 'text'],
      rows(state).map(({ id, title: about, text }) => [id, about, text]),
    );
  return [
    title,
    notice,
    `Learned from: ${trainedOn}`,
    '',
    `Filled (${filled})`,
    table('filled'),
    '',
    `Missing (${missing})`,
    table('missing'),
  ].join('\n');
}
