import { z } from 'zod';
import { gateCheckSchema, modelAliases, promotionSchema } from '../../../pipeline/domain/registry.ts';
import { call, done, idSchema, nothing, readerSchema } from './call.ts';

const aliasSchema = z.enum(modelAliases);

/** A version for people: its number, and its model where the files are still there. */
const versionSchema = z.object({ version: z.int(), seal: z.string(), title: z.string().nullable() });

const reportSchema = z.object({
  candidate: z.string(),
  /** Null: nobody stands there. */
  champion: z.string().nullable(),
  passed: z.boolean(),
  checks: z.array(gateCheckSchema),
});

const onlyModel = z.strictObject({ model: idSchema });
const wish = { model: idSchema, alias: aliasSchema };

export const registryCalls = {
  /** Where each alias stands, where a rollback would lead, and every move, newest first. */
  'registry/get': call(
    nothing,
    z.object({
      aliases: z.array(
        z.object({
          alias: aliasSchema,
          /** Null: at none. */
          at: versionSchema.nullable(),
          since: z.string().nullable(),
          override: z.string().nullable(),
          /** Where a rollback leads if that one is whole; null: nothing stood there before. */
          before: versionSchema.nullable(),
        }),
      ),
      moves: z.array(promotionSchema),
    }),
  ),
  /** What people said of a model; null: it has no version. */
  'registry/model': call(
    onlyModel,
    z.object({
      registered: z
        .object({
          version: z.int(),
          registeredAt: z.string(),
          run: z.string().nullable(),
          notes: z.string(),
          tags: z.array(z.string()),
        })
        .nullable(),
    }),
  ),
  /** Asks every gate of the alias; takes as long as a self-test and a duel. @throws `registry/…`, `model/…` */
  'registry/gates': call(z.strictObject(wish), reportSchema),
  /** Asks the gates again and promotes. `promoted` false: a gate failed, nothing was changed. @throws `registry/…` */
  'registry/promote': call(
    z.strictObject({ ...wish, override: z.string().trim().min(1).max(2000).nullable(), reader: readerSchema }),
    reportSchema.extend({ promoted: z.boolean(), version: z.int() }),
  ),
  /** @throws `registry/nothing-before`, `registry/none-whole` */
  'registry/rollback': call(
    z.strictObject({ alias: aliasSchema, reader: readerSchema }),
    z.object({
      version: z.int().nullable(),
      previous: z.int().nullable(),
      /** Versions on the way that are gone or damaged. */
      passedOver: z.array(z.object({ version: z.int(), why: z.string() })),
    }),
  ),
  /** Takes an alias off. @throws `registry/no-alias` */
  'registry/clear': call(z.strictObject({ alias: aliasSchema, reader: readerSchema }), done),
  /** Notes and tags of a version. @throws `registry/no-version`; `registry/changed` when the notes are others than `before` */
  'registry/annotate': call(
    z.strictObject({
      model: idSchema,
      notes: z.strictObject({ before: z.string().max(20_000), after: z.string().max(20_000) }).optional(),
      addTags: z.array(z.string().trim().min(1).max(60)).max(50).default([]),
      removeTags: z.array(z.string().min(1).max(60)).max(50).default([]),
    }),
    done,
  ),
};
