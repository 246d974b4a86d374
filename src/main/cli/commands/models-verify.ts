import { resolve } from 'node:path';
import { z } from 'zod';
import { verifyModel } from '../../models/verify.ts';
import { defineCommand } from '../command.ts';
import { printResult } from '../context.ts';

export const modelsVerify = defineCommand({
  name: 'models verify',
  summary: 'checks every hash of a sealed model and runs its golden self-test; exit 4 when a byte was changed',
  options: z.object({ folder: z.string() }),
  configure(command) {
    command.argument('<folder>', 'folder of a sealed model');
  },
  async run({ folder }, context) {
    const model = await verifyModel(context, resolve(context.cwd, folder));
    const text = [
      `${model.title}: whole and unchanged; ${model.golden} golden answers agree.`,
      `seal     ${model.seal}`,
      `classes  ${model.classes.join(', ')}`,
    ];
    printResult(context, { verified: true, ...model }, text.join('\n'));
    return 0;
  },
});
