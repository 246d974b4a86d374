import { z } from 'zod';
import { lastGoodFile } from '../workspace/last-good.ts';

/** Each entry falls back by itself. */
const settingsSchema = z.object({
  /** Of the window's frame, and of its first moment, before the page can say. */
  theme: z.enum(['dark', 'light', 'system']).catch('dark'),
  recentFolders: z.array(z.string().min(1).max(4096)).max(50).catch([]),
  /** Names of folders may hold names of patients. */
  rememberFolders: z.boolean().catch(true),
});
export type WindowSettings = z.infer<typeof settingsSchema>;
export type Theme = WindowSettings['theme'];

/** What the window remembers from one start to the next. */
export interface SettingsStore {
  get(): WindowSettings;
  /** Counts at once; written behind. A disk that refuses costs the memory of it, never the program. */
  set(change: Partial<WindowSettings>): void;
  /** Resolves when everything set so far was written, or could not be. */
  settled(): Promise<void>;
}

/** Reads `window.json` of a folder, or its last good copy, or begins anew. Writes nothing. */
export async function openSettings(folder: string): Promise<SettingsStore> {
  const file = lastGoodFile(folder, 'window', settingsSchema);
  let current = (await file.read()) ?? settingsSchema.parse({});
  let writing: Promise<void> = Promise.resolve();
  return {
    get: () => current,
    set: (change) => {
      const next = { ...current, ...change };
      current = next;
      writing = writing.then(() => file.write(next)).catch(() => undefined);
    },
    settled: () => writing,
  };
}
