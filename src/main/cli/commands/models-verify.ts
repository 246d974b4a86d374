import { z } from 'zod';
import { signatureLine } from '../../../pipeline/domain/signature.ts';
import { verifyModel } from '../../models/verify.ts';
import { modelWords, namedFolder } from '../choose-model.ts';
import { addWorkspaceOption, defineCommand, workspaceOption } from '../command.ts';
import { printResult } from '../context.ts';
import { signatureShown } from '../keys.ts';

export const modelsVerify = defineCommand({
  name: 'models verify',
  summary: 'checks every hash of a sealed model and runs its golden self-test; exit 4 when a byte was changed',
  options: z.object({ ...workspaceOption, model: z.string().min(1) }),
  configure(command) {
    command.argument('<model>', modelWords);
    addWorkspaceOption(command);
  },
  async run({ workspace, model: written }, context) {
    const folder = await namedFolder(context, written, workspace);
    const model = await verifyModel(context, folder);
    const signature = await signatureShown(context, folder);
    const text = [
      `${model.title}: whole and unchanged; ${model.golden} golden answers agree.`,
      `seal     ${model.seal}`,
      `classes  ${model.classes.join(', ')}`,
      `signed   ${signatureLine(signature)}`,
    ];
    printResult(context, { verified: true, ...model, signature }, text.join('\n'));
    return 0;
  },
});
