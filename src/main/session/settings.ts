import { z } from 'zod';

/** settings.json in the user's data folder: what holds for every workspace on this machine. */
export const settingsSchema = z.object({
  noticeAccepted: z.boolean().default(false),
  /** Seal of the model that Classify starts with; null: the newest trained one, else the bundled one. */
  defaultModel: z.string().nullable().default(null),
  /** Absolute paths, newest first, at most 10. */
  recentWorkspaces: z.array(z.string()).default([]),
});
export type Settings = z.infer<typeof settingsSchema>;

export interface SettingsStore {
  readonly value: Settings;
  /** On the disk when it resolves (written aside and renamed; the last good copy is kept beside). */
  change(part: Partial<Settings>): Promise<void>;
}
