import { join } from 'node:path';
import { expect } from 'vitest';
import { describeApp } from '../helpers/app.ts';
import { batchDone, cliTable, exported, images, parseCsv, rowOf } from '../helpers/batches.ts';
import { eventually } from '../helpers/eventually.ts';
import { keys, tabAndEnter, tabTo } from '../helpers/keyboard.ts';
import { defaultWorkspaceOf } from '../helpers/serving.ts';

describeApp('the first run, by keyboard alone', (spec) => {
  spec(
    'welcome → synthetic scans classified → a row corrected by its key → the CSV of the command line',
    async (app) => {
      const { page, folder } = app;
      await tabAndEnter(page, page.getByRole('button', { name: 'Try it with synthetic scans' }));
      await batchDone(page);
      await tabTo(page, images(page));

      // The third row from the top is given the class of key 2, which the model did not think of.
      await keys(page, 'Home ArrowDown ArrowDown');
      expect(['Cyst', 'Stone', 'Tumor']).toContain((await rowOf(page, 2)).answer);
      await keys(page, '2');
      await eventually(async () => (await rowOf(page, 2)).reading).toContain('Corrected to Normal');
      // The next unread one is chosen by itself; it is accepted.
      await eventually(async () => (await rowOf(page, 3)).selected).toBe(true);
      const { answer } = await rowOf(page, 3);
      await keys(page, 'a');
      await eventually(async () => (await rowOf(page, 3)).reading).toContain(`Accepted: ${answer}`);

      const csv = await exported(page, 'Table as CSV');
      const source = join(defaultWorkspaceOf(folder), '.hilum', 'demo', 'incoming');
      expect(csv).toBe(await cliTable(folder, source));
      const rows = parseCsv(csv);
      expect(rows).toHaveLength(32);

      const reviews = parseCsv(await exported(page, 'All reviews as CSV'));
      const [seal] = new Set(reviews.map(({ model }) => model));
      const known = { reader: 'reader', model: seal, at: expect.stringMatching(/^20\d\d-.*Z$/) };
      expect(reviews).toEqual([
        expect.objectContaining({ ...known, decision: 'correct', class: 'Normal' }),
        expect.objectContaining({ ...known, decision: 'accept', class: answer, predicted: answer }),
      ]);
      expect(seal).toMatch(/^[0-9a-f]{64}$/);
      // What a reader says is no answer of the model.
      expect(rows.find(({ image }) => image === reviews[0]?.image)?.class).toBe(reviews[0]?.predicted);
    },
  );
});
