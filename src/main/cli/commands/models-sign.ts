import { z } from 'zod';
import { fingerprintOf } from '../../../pipeline/disk/signature.ts';
import { groupedFingerprint } from '../../../pipeline/domain/signature.ts';
import { ownKeyNamed, privateKeyOf } from '../../registry/signing/own-keys.ts';
import { folderToSign, signModel } from '../../registry/signing/sign.ts';
import { modelWords, namedFolder } from '../choose-model.ts';
import { addWorkspaceOption, defineCommand, workspaceOption } from '../command.ts';
import { printResult } from '../context.ts';
import { keyAccess } from '../keys.ts';
import { placeState, withState } from '../state.ts';

export const modelsSign = defineCommand({
  name: 'models sign',
  summary: 'puts your signature beside the seal of a model: you stand for every byte of it',
  options: z.object({ ...workspaceOption, model: z.string().min(1), key: z.string().min(1).optional() }),
  configure(command) {
    command
      .argument('<model>', modelWords)
      .option('--key <key>', 'name or first digits of the fingerprint of your key (default: the only one)');
    addWorkspaceOption(command);
  },
  async run({ workspace, model: written, key: named }, context) {
    const { root, state } = await placeState(context, { workspace }, 'keys');
    const access = keyAccess(context);
    const key = await ownKeyNamed(access.place, named);
    const signed = await withState(context, state, async (records) => {
      const folder = await folderToSign(root, await namedFolder(context, written, workspace), context.now());
      const signature = await signModel(folder, await privateKeyOf(access, key), key.name, context.now());
      records.audit.add('model/signed', signature.seal, { fingerprint: key.fingerprint, signer: key.name });
      return { folder, ...signature };
    });
    const fingerprint = fingerprintOf(signed.public_key);
    const text = [
      `Signed by ${signed.signer}: ${signed.folder}`,
      `seal         ${signed.seal}`,
      `fingerprint  ${groupedFingerprint(fingerprint)}`,
    ];
    const value = { folder: signed.folder, seal: signed.seal, signer: signed.signer, signed_at: signed.signed_at };
    printResult(context, { ...value, fingerprint }, text.join('\n'));
    return 0;
  },
});
