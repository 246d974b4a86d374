import { readFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { z } from 'zod';
import { readAnswering } from '../../models/answering.ts';
import { readModelIdentity } from '../../workspace/model-identity.ts';
import { defineCommand } from '../command.ts';
import { printResult } from '../context.ts';

export const modelsShow = defineCommand({
  name: 'models show',
  summary: 'prints the card of a sealed model: what it learned from, its temperature, thresholds and gate',
  options: z.object({ folder: z.string() }),
  configure(command) {
    command.argument('<folder>', 'folder of a sealed model');
  },
  async run({ folder }, context) {
    const model = await readModelIdentity(resolve(context.cwd, folder));
    const { card, seal, synthetic } = model;
    const { calibration, gate } = await readAnswering(model.folder);
    const { mean: _mean, spread: _spread, factor: _factor, ...shownGate } = gate ?? {};
    const value = { seal, synthetic, ...card, calibration, gate: gate === undefined ? null : shownGate };
    printResult(context, value, await readFile(join(model.folder, 'card.md'), 'utf8'));
    return 0;
  },
});
