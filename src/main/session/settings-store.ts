import { inTurn } from '../workspace/in-turn.ts';
import { lastGoodFile } from '../workspace/last-good.ts';
import { type SettingsStore, settingsSchema } from './settings.ts';

/**
 * Settings of this user on this machine. A file that is missing, cut or not understood is replaced by the last good copy,
 * else by the defaults: nobody is kept out of the program by a preference.
 * @param folder the user's data folder; made at the first change
 */
export async function openSettings(folder: string): Promise<SettingsStore> {
  const file = lastGoodFile(folder, 'settings', settingsSchema);
  let value = (await file.read()) ?? settingsSchema.parse({});
  const turn = inTurn();
  return {
    get value() {
      return value;
    },
    change: (part) =>
      turn(async () => {
        // Another window's process may have written meanwhile: only the parts named here are ours to change.
        const next = settingsSchema.parse({ ...((await file.readNewest()) ?? value), ...part });
        await file.write(next);
        value = next;
      }),
  };
}
