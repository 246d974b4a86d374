import { z } from 'zod';
import { groupedFingerprint } from '../../../pipeline/domain/signature.ts';
import { ownKeys } from '../../registry/signing/own-keys.ts';
import { keysPlace } from '../../registry/signing/place.ts';
import { trustedKeys } from '../../registry/signing/trusted-keys.ts';
import { textTable } from '../../studies/text-table.ts';
import { defineCommand } from '../command.ts';
import { printResult } from '../context.ts';

export const keysList = defineCommand({
  name: 'keys list',
  summary: 'lists your signing keys and those of others that are trusted here',
  options: z.object({}),
  configure: () => undefined,
  async run(_options, context) {
    const place = keysPlace(context.env);
    const own = await ownKeys(place);
    const trusted = await trustedKeys(place);
    const rows = [
      ...own.map(({ name, file, fingerprint }) => ['mine', name, file ?? 'keychain', groupedFingerprint(fingerprint)]),
      ...trusted.map(({ name, pinned, fingerprint }) => {
        return ['trusted', name, pinned ? 'HILUM_TRUSTED_KEYS' : 'keys trust', groupedFingerprint(fingerprint)];
      }),
    ];
    const text = rows.length === 0 ? 'No keys yet.' : textTable(['', 'name', 'from', 'fingerprint'], rows);
    printResult(context, { own, trusted }, text);
    return 0;
  },
});
