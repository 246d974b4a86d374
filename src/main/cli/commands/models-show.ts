import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { signatureLine } from '../../../pipeline/domain/signature.ts';
import { readAnswering } from '../../models/answering.ts';
import { readModelIdentity } from '../../workspace/model-identity.ts';
import { modelWords, namedFolder } from '../choose-model.ts';
import { addWorkspaceOption, defineCommand, workspaceOption } from '../command.ts';
import { printResult } from '../context.ts';
import { signatureShown } from '../keys.ts';

export const modelsShow = defineCommand({
  name: 'models show',
  summary: 'prints the card of a sealed model: what it learned from, its temperature, thresholds and gate',
  options: z.object({ ...workspaceOption, model: z.string().min(1) }),
  configure(command) {
    command.argument('<model>', modelWords);
    addWorkspaceOption(command);
  },
  async run({ workspace, model: written }, context) {
    const model = await readModelIdentity(await namedFolder(context, written, workspace));
    const { card, seal, synthetic } = model;
    const { calibration, gate } = await readAnswering(model.folder);
    const { mean: _mean, spread: _spread, factor: _factor, ...shownGate } = gate ?? {};
    const signature = await signatureShown(context, model.folder);
    const value = { seal, synthetic, ...card, calibration, gate: gate === undefined ? null : shownGate, signature };
    const markdown = await readFile(join(model.folder, 'card.md'), 'utf8');
    printResult(context, value, `${markdown}\n## Signature\n\n${signatureLine(signature)}\n`);
    return 0;
  },
});
