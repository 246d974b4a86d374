import type { z } from 'zod';
import type { StageContext } from './context.ts';

/** A stage: the schema of its input, and the conductor that joins the steps. */
export interface Stage<Input> {
  readonly input: z.ZodType<Input>;
  run(input: Input, context: StageContext): Promise<unknown>;
}
