import { z } from 'zod';

/** One thing in which a stage differs from its entry in dvc.lock. */
export const stageChangeSchema = z.object({
  kind: z.enum(['never-run', 'command', 'code', 'parameter', 'dependency', 'output', 'upstream']),
  /** Key, path or stage. */
  what: z.string(),
  old: z.string().nullable(),
  new: z.string().nullable(),
});
export type StageChange = z.infer<typeof stageChangeSchema>;

/** Stages of dvc.yaml in the order they run, as `pipeline/status` and `hilum status` tell them. */
export const stageStatusSchema = z.object({
  name: z.string(),
  /** The first of `changes`; null: up to date. */
  change: stageChangeSchema.nullable(),
  /** Everything of the first kind that differs. */
  changes: z.array(stageChangeSchema),
});
export type StageStatus = z.infer<typeof stageStatusSchema>;

/** `parameter training.epochs: 60 → 30`, `dependency artifacts/split.csv: 1a2b3c4d → 5e6f7a8b`. */
export function changeText(change: StageChange): string {
  const { kind, what } = change;
  switch (kind) {
    case 'never-run':
      return 'never run';
    case 'upstream':
      return `${what} runs first`;
    case 'code':
      return `code version of ${what}: ${change.old ?? 'nothing'} → ${change.new ?? 'nothing'}`;
    case 'command':
    case 'parameter':
      return `${kind} ${what}: ${change.old ?? 'nothing'} → ${change.new ?? 'nothing'}`;
    case 'dependency':
    case 'output':
      return `${kind} ${what}: ${shortHash(change.old)} → ${shortHash(change.new)}`;
    default:
      return kind satisfies never;
  }
}

function shortHash(hash: string | null): string {
  return hash === null ? 'nothing' : hash.slice(0, 8);
}
