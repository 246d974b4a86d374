import { resolve } from 'node:path';
import { z } from 'zod';
import { groupedFingerprint, signerSchema } from '../../../pipeline/domain/signature.ts';
import { makeKey } from '../../registry/signing/own-keys.ts';
import { addWorkspaceOption, defineCommand, workspaceOption } from '../command.ts';
import { printResult } from '../context.ts';
import { keyAccess, keyDeed } from '../keys.ts';

export const keysMake = defineCommand({
  name: 'keys make',
  summary: 'makes an Ed25519 key to sign models with; its private half goes to the keychain or to an encrypted file',
  options: z.object({ ...workspaceOption, name: signerSchema, file: z.string().min(1).optional() }),
  configure(command) {
    command
      .requiredOption('--name <name>', 'whose key it is: shown with every signature')
      .option('--file <file>', 'encrypted key file instead of the keychain; passphrase: HILUM_KEY_PASSPHRASE or stdin');
    addWorkspaceOption(command);
  },
  async run({ workspace, name, file }, context) {
    const path = file === undefined ? null : resolve(context.cwd, file);
    const key = await keyDeed(context, workspace, {
      action: 'key/made',
      run: () => makeKey(keyAccess(context), name, path, context.now()),
      row: (made) => made,
    });
    const text = [
      `Made "${key.name}"; the private half is in ${key.file ?? 'the keychain'}.`,
      `fingerprint  ${groupedFingerprint(key.fingerprint)}`,
      'Give the public half to others with `hilum keys export`, and tell them the fingerprint on another way.',
    ];
    printResult(context, key, text.join('\n'));
    return 0;
  },
});
