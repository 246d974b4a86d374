import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'vitest';
import { openRecords } from '../../src/main/records/index.ts';
import { describeApp } from '../helpers/app.ts';
import { eventually } from '../helpers/eventually.ts';
import { fakeMlflow } from '../helpers/fake-mlflow.ts';
import { addRun } from '../helpers/runs.ts';
import { hilumIn } from '../system/phantom-study.ts';

/** A workspace with two runs in its records. */
async function workspaceWithRuns(folder: string) {
  const workspace = join(folder, 'study');
  mkdirSync(workspace);
  await hilumIn(workspace, 'init', '.');
  const records = openRecords(join(workspace, '.hilum', 'hilum.db'));
  addRun(records, { losses: [0.9, 0.5], figures: { 'scan/balanced_accuracy': 0.75 } });
  addRun(records, { run: { name: 'dropout 0.4' }, losses: [0.8] });
  records.close();
  return { workspace };
}

describeApp('MLflow in the settings', (spec) => {
  spec(
    'a server is set, tested and sent what it does not have; a second time adds nothing',
    async ({ page }) => {
      const fake = await fakeMlflow();
      await page.getByRole('navigation', { name: 'Screens' }).getByText('Settings').click();
      const panel = page.getByRole('region', { name: 'MLflow' });
      await panel.getByText('No server is set: nothing is sent.').waitFor();
      await panel.getByLabel('Address').fill('http://user:secret@127.0.0.1:5000');
      await panel.getByRole('button', { name: 'Save' }).click();
      await panel.getByText('tracking/secret-in-address').waitFor();
      expect(await panel.getByRole('alert').textContent()).not.toContain('secret@');
      await panel.getByLabel('Address').fill(fake.url);
      await panel.getByLabel('Experiment').fill('kidney');
      await panel.getByRole('button', { name: 'Save' }).click();
      await panel.getByText('2 runs not yet on the server.').waitFor();
      await panel.getByRole('button', { name: 'Test connection' }).click();
      await panel.getByText('MLflow 3.17.2 answers. Experiment “kidney” will be made.').waitFor();
      expect(fake.experiments.size).toBe(0);
      await panel.getByRole('button', { name: 'Sync now' }).click();
      await panel.getByText('Everything is on the server.').waitFor();
      expect([...fake.runs.values()].map(({ name }) => name)).toEqual(['plain', 'dropout 0.4']);
      const points = [...fake.runs.values()].map((run) => run.points.length);
      const asked = fake.requests.length;
      await panel.getByRole('button', { name: 'Sync now' }).click();
      await eventually(() => fake.requests.length).toBeGreaterThan(asked);
      await eventually(() => panel.getByRole('progressbar').count()).toBe(0);
      expect([...fake.runs.values()].map((run) => run.points.length)).toEqual(points);
    },
    { prepare: workspaceWithRuns },
  );

  spec(
    'a server that refuses or is not there is told with its sentence',
    async ({ page }) => {
      const fake = await fakeMlflow();
      await page.getByRole('navigation', { name: 'Screens' }).getByText('Settings').click();
      const panel = page.getByRole('region', { name: 'MLflow' });
      await panel.getByLabel('Address').fill(fake.url);
      await panel.getByRole('button', { name: 'Save' }).click();
      fake.fault = () => ({ status: 401 });
      await panel.getByRole('button', { name: 'Test connection' }).click();
      await panel.getByText('tracking/denied').waitFor();
      fake.fault = () => 'cut before';
      await panel.getByRole('button', { name: 'Test connection' }).click();
      await panel.getByText('tracking/unreachable').waitFor();
    },
    { prepare: workspaceWithRuns },
  );
});
