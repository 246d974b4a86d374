import { z } from 'zod';
import { groupedFingerprint } from '../../../pipeline/domain/signature.ts';
import { publicPem } from '../../registry/signing/key-text.ts';
import { ownKeyNamed } from '../../registry/signing/own-keys.ts';
import { keysPlace } from '../../registry/signing/place.ts';
import { defineCommand } from '../command.ts';
import { printResult } from '../context.ts';

export const keysExport = defineCommand({
  name: 'keys export',
  summary: 'prints the public half of a key of yours as PEM text, for those who are to trust it',
  options: z.object({ key: z.string().min(1).optional() }),
  configure(command) {
    command.argument('[key]', 'name or first digits of the fingerprint (default: the only one)');
  },
  async run({ key: written }, context) {
    const key = await ownKeyNamed(keysPlace(context.env), written);
    const pem = publicPem(key.publicKey);
    context.say(`${key.name}: ${groupedFingerprint(key.fingerprint)}`);
    printResult(context, { name: key.name, fingerprint: key.fingerprint, pem }, pem);
    return 0;
  },
});
