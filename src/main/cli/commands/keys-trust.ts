import { readFile } from 'node:fs/promises';
import { basename, resolve } from 'node:path';
import { z } from 'zod';
import { errnoOf, HilumError } from '../../../pipeline/domain/errors.ts';
import { groupedFingerprint, signerSchema } from '../../../pipeline/domain/signature.ts';
import { readPublicPem } from '../../registry/signing/key-text.ts';
import { keysPlace } from '../../registry/signing/place.ts';
import { trustKey } from '../../registry/signing/trusted-keys.ts';
import { addWorkspaceOption, defineCommand, workspaceOption } from '../command.ts';
import { printResult } from '../context.ts';
import { keyDeed } from '../keys.ts';

export const keysTrust = defineCommand({
  name: 'keys trust',
  summary: "lets a public key's signatures count here, for every workspace of yours on this machine",
  options: z.object({ ...workspaceOption, file: z.string(), name: signerSchema }),
  configure(command) {
    command
      .argument('<file>', 'public key as PEM text')
      .requiredOption('--name <name>', 'name that you know its owner by');
    addWorkspaceOption(command);
  },
  async run({ workspace, file, name }, context) {
    const pem = await readFile(resolve(context.cwd, file), 'utf8').catch((error: unknown) => {
      throw new HilumError('key/missing', {
        name: basename(file),
        why: `The file cannot be read (${errnoOf(error)}).`,
      });
    });
    const publicKey = readPublicPem(pem, basename(file));
    const key = await keyDeed(context, workspace, {
      action: 'key/trusted',
      run: () => trustKey(keysPlace(context.env), name, publicKey, context.now()),
      row: (trusted) => trusted,
    });
    const text = [
      `Signatures of "${key.name}" count here from now on.`,
      `fingerprint  ${groupedFingerprint(key.fingerprint)}`,
      'Compare it with what its owner tells you on another way; if it differs: `hilum keys distrust`.',
    ];
    printResult(context, key, text.join('\n'));
    return 0;
  },
});
