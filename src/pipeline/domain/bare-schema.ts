import { z } from 'zod';

/** A schema without its default, and without leave to be absent. */
export function bareSchema(schema: z.core.$ZodType): z.core.$ZodType {
  const wrapped = schema instanceof z.ZodPrefault || schema instanceof z.ZodDefault || schema instanceof z.ZodOptional;
  return wrapped ? bareSchema(schema.unwrap()) : schema;
}
