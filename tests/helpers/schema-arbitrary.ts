import fc from 'fast-check';

/** The part of JSON Schema that zod writes for questions of the page. */
interface Schema {
  readonly type?: string | undefined;
  readonly const?: unknown;
  readonly enum?: readonly unknown[] | undefined;
  readonly anyOf?: readonly Schema[] | undefined;
  readonly oneOf?: readonly Schema[] | undefined;
  readonly properties?: Readonly<Record<string, Schema>> | undefined;
  readonly additionalProperties?: unknown;
  readonly required?: readonly string[] | undefined;
  readonly items?: unknown;
  readonly minLength?: number | undefined;
  readonly maxLength?: number | undefined;
  readonly minItems?: number | undefined;
  readonly maxItems?: number | undefined;
  readonly minimum?: number | undefined;
  readonly maximum?: number | undefined;
  readonly exclusiveMinimum?: number | undefined;
}

/** Texts that have hurt programs, among ordinary ones. */
const texts = fc.oneof(
  fc.string({ maxLength: 40 }),
  fc.string({ unit: 'binary', maxLength: 20 }),
  fc.constantFrom(
    '../../etc/passwd',
    '/etc/passwd',
    "'; DROP TABLE runs; --",
    '%',
    '\u0000',
    '__proto__',
    'NaN',
    '=1+1',
    '',
  ),
);

/**
 * Values that a schema takes, nearly: formats and patterns are not followed.
 * @param known values for properties of these names, tried beside made-up ones
 */
export function arbitraryOf(schema: unknown, known: Readonly<Record<string, unknown>> = {}): fc.Arbitrary<unknown> {
  if (!isSchema(schema)) return fc.jsonValue();
  const choices = schema.anyOf ?? schema.oneOf;
  if (choices !== undefined) return fc.oneof(...choices.map((choice) => arbitraryOf(choice, known)));
  if (schema.const !== undefined) return fc.constant(schema.const);
  if (schema.enum !== undefined) return fc.constantFrom(...schema.enum);
  switch (schema.type) {
    case 'null':
      return fc.constant(null);
    case 'boolean':
      return fc.boolean();
    case 'integer':
      return fc.oneof(
        fc.integer({ min: low(schema), max: Math.min(high(schema), low(schema) + 5) }),
        fc.integer({ min: low(schema), max: high(schema) }),
      );
    case 'number':
      return fc.double({ min: low(schema), max: high(schema), noNaN: true });
    case 'string':
      return texts.filter((text) => text.length >= (schema.minLength ?? 0) && text.length <= (schema.maxLength ?? 1e6));
    case 'array':
      return fc.array(arbitraryOf(schema.items, known), {
        minLength: schema.minItems ?? 0,
        maxLength: Math.min(schema.maxItems ?? 4, 4),
      });
    case 'object':
      return objectOf(schema, known);
    default:
      return fc.jsonValue();
  }
}

function objectOf(schema: Schema, known: Readonly<Record<string, unknown>>): fc.Arbitrary<unknown> {
  if (schema.properties === undefined)
    return fc.dictionary(fc.string(), arbitraryOf(schema.additionalProperties, known));
  const fields = Object.entries(schema.properties).map(([name, field]) => {
    const made = arbitraryOf(field, known);
    return [name, Object.hasOwn(known, name) ? fc.oneof(made, fc.constant(known[name])) : made] as const;
  });
  return fc.record(Object.fromEntries(fields), { requiredKeys: [...(schema.required ?? [])] });
}

const low = ({ minimum, exclusiveMinimum }: Schema): number => minimum ?? (exclusiveMinimum ?? -1e6) + 1;
const high = ({ maximum }: Schema): number => maximum ?? 1e6;

function isSchema(value: unknown): value is Schema {
  return typeof value === 'object' && value !== null;
}
