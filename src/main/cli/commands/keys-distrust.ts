import { z } from 'zod';
import { keysPlace } from '../../registry/signing/place.ts';
import { distrustKey } from '../../registry/signing/trusted-keys.ts';
import { addWorkspaceOption, defineCommand, workspaceOption } from '../command.ts';
import { printResult } from '../context.ts';
import { keyDeed } from '../keys.ts';

export const keysDistrust = defineCommand({
  name: 'keys distrust',
  summary: 'signatures of this key count no longer; nothing is deleted that it signed',
  options: z.object({ ...workspaceOption, key: z.string() }),
  configure(command) {
    command.argument('<key>', 'name or first digits of the fingerprint');
    addWorkspaceOption(command);
  },
  async run({ workspace, key: written }, context) {
    const key = await keyDeed(context, workspace, {
      action: 'key/distrusted',
      run: () => distrustKey(keysPlace(context.env), written),
      row: (distrusted) => distrusted,
    });
    printResult(context, key, `Signatures of "${key.name}" count here no longer.`);
    return 0;
  },
});
