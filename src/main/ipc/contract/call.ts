import { z } from 'zod';

/** One call: what may be asked, what is answered, and how large a question may be. */
export interface Call<Input extends z.ZodType = z.ZodType, Output extends z.ZodType = z.ZodType> {
  readonly input: Input;
  readonly output: Output;
  /** Bytes of the question as JSON; more is refused before it is parsed (FAULTS N6). */
  readonly maxBytes: number;
}

const ordinaryBytes = 64 * 1024;

export function call<Input extends z.ZodType, Output extends z.ZodType>(
  input: Input,
  output: Output,
  maxBytes: number = ordinaryBytes,
): Call<Input, Output> {
  return { input, output, maxBytes };
}

/** No question. */
export const nothing = z.strictObject({});
/** No answer but that it is done. */
export const done = z.strictObject({});

export const idSchema = z.string().min(1).max(200);
/** Absolute path, or an https address where a source is asked for. */
export const pathSchema = z.string().min(1).max(4096);
/** Who reads: shown beside each review. Not checked: the machine's own login is the guard. */
export const readerSchema = z.string().trim().min(1).max(80);
/** A page of a longer list. */
export const pageShape = { offset: z.int().min(0), limit: z.int().min(1).max(500) };
export const countsSchema = z.object({ images: z.int(), scans: z.int(), groups: z.int() });
/** Base64 of raw bytes. */
export const base64Schema = z.string();
/** A file made for the user: already saved where they chose (app), or to be fetched once from `/download/<id>` (browser). */
export const madeFileSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('saved'), path: z.string() }),
  z.object({ kind: z.literal('download'), id: z.string(), name: z.string(), bytes: z.int() }),
  z.object({ kind: z.literal('cancelled') }),
]);
export type MadeFile = z.infer<typeof madeFileSchema>;
