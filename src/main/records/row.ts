import { z } from 'zod';
import { HilumError } from '../../pipeline/domain/errors.ts';
import { recordsError } from './errors.ts';

/** A text column that holds JSON of the given shape. */
export function jsonColumn<T>(schema: z.ZodType<T>) {
  return z
    .string()
    .transform((text, context): unknown => {
      try {
        return JSON.parse(text);
      } catch {
        context.addIssue({ code: 'custom', message: 'not JSON' });
        return z.NEVER;
      }
    })
    .pipe(schema);
}

/** Runs a query and checks each row on the way out. @throws HilumError `records/corrupt` naming the table */
export function readRows<T>(table: string, schema: z.ZodType<T>, query: () => unknown[]): T[] {
  return ask(query).map((row) => checked(table, schema, row));
}

/** The same for a query of at most one row. */
export function readRow<T>(table: string, schema: z.ZodType<T>, query: () => unknown): T | undefined {
  const row = ask(query);
  return row === undefined ? undefined : checked(table, schema, row);
}

function ask<T>(query: () => T): T {
  try {
    return query();
  } catch (error) {
    throw recordsError(error);
  }
}

function checked<T>(table: string, schema: z.ZodType<T>, row: unknown): T {
  const result = schema.safeParse(row);
  if (result.success) return result.data;
  const column = result.error.issues[0]?.path.join('.') ?? '';
  throw new HilumError('records/corrupt', { what: `a row of ${table}, ${column}` });
}
