import { z } from 'zod';
import { estimateSchema } from './metrics.ts';
import { paramsSchema } from './params.ts';
import { workspacePathsSchema } from './stage-inputs.ts';

export const shortcutInputSchema = z.object({ workspace: workspacePathsSchema, params: paramsSchema });
export type ShortcutInput = z.infer<typeof shortcutInputSchema>;

/** What a control classifier is shown instead of the picture. */
export const shortcutNames = ['file', 'brightness', 'border', 'no-kidneys'] as const;
export type ShortcutName = (typeof shortcutNames)[number];

/** suspicious: the whole interval lies above guessing. unknown: no interval could be given. */
export const shortcutVerdicts = ['near-chance', 'suspicious', 'unknown'] as const;
export type ShortcutVerdict = (typeof shortcutVerdicts)[number];

export const shortcutResultSchema = z.object({
  name: z.enum(shortcutNames),
  title: z.string(),
  /** What the control sees, for people. */
  sees: z.string(),
  /** Length of its feature vector. */
  dimensions: z.int(),
  /** Of slices, from patient groups that were held out; interval by patient group. */
  balanced_accuracy: estimateSchema,
  verdict: z.enum(shortcutVerdicts),
  sentence: z.string(),
});
export type ShortcutResult = z.infer<typeof shortcutResultSchema>;

export const shortcutsSchema = z.object({
  folds: z.int(),
  repeats: z.int(),
  seed: z.int(),
  counts: z.object({ images: z.int(), scans: z.int(), groups: z.int() }),
  /** Balanced accuracy of guessing. */
  chance: z.number(),
  controls: z.array(shortcutResultSchema),
  sentence: z.string(),
});
export type Shortcuts = z.infer<typeof shortcutsSchema>;
