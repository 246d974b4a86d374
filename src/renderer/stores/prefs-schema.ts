import '../zod-config.ts';
import { z } from 'zod';

export const themes = ['dark', 'light', 'system'] as const;
export type Theme = (typeof themes)[number];

/** Each entry falls back by itself, so that one spoiled value does not cost the others. */
export const prefsSchema = z.object({
  theme: z.enum(themes).catch('dark'),
  /** Name beside each review; empty: the login of the machine. */
  reader: z.string().trim().max(80).catch(''),
  /** Dragging up darkens instead of brightens, right narrows instead of widens. */
  reverseWindowDrag: z.boolean().catch(false),
  /** File names may hold names of patients. */
  showFileNames: z.boolean().catch(false),
  /** Columns of the table of runs; empty: the ones that the screen proposes. */
  runColumns: z.array(z.string().max(200)).max(60).catch([]),
});
export type Prefs = z.infer<typeof prefsSchema>;

export function parsePrefs(text: string | null): Prefs {
  return prefsSchema.parse(recordIn(text));
}

function recordIn(text: string | null): unknown {
  try {
    const value: unknown = JSON.parse(text ?? '{}');
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? value : {};
  } catch {
    return {};
  }
}
