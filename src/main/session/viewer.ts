import type { z } from 'zod';
import type { StageName } from '../../pipeline/protocol.ts';

/** A worker process of its own for single images, so that looking at one never waits for a batch. */
export interface Viewer {
  /**
   * Runs a short stage (`view`, `verify`) in it, one at a time; started on first use and again after it died.
   * @throws HilumError of the stage, `worker/…`
   */
  run<T>(stage: StageName, input: unknown, result: z.ZodType<T>): Promise<T>;
  close(): Promise<void>;
}
