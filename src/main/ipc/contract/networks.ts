import { z } from 'zod';
import {
  importedNetworkSchema,
  networkFactsSchema,
  statedContractSchema,
} from '../../../pipeline/domain/import-network.ts';
import { call, idSchema, pathSchema } from './call.ts';

const size = z.int().min(16).max(1024).nullable();

export const importOutcomeSchema = importedNetworkSchema.extend({
  /** Below the workspace; null: no backbone was written. */
  backboneFolder: z.string().nullable(),
});

/** Networks that other programs wrote. */
export const networkCalls = {
  /** What a file or folder is; a folder that holds one `.h5` file alone means that file. Nothing is kept. @throws `network/…` */
  'networks/inspect': call(
    z.strictObject({ path: pathSchema, size }),
    z.object({ path: z.string(), facts: networkFactsSchema }),
  ),
  /** Queues the import. `reference`: folder of pictures, and the table of what the network said of them. */
  'networks/import': call(
    z.strictObject({
      path: pathSchema,
      as: z.enum(['classifier', 'backbone']),
      title: z.string().trim().min(1).max(200),
      size,
      fold: z.boolean(),
      stated: statedContractSchema,
      reference: z.strictObject({ images: pathSchema, predictions: pathSchema }).nullable(),
    }),
    z.object({ job: z.string() }),
  ),
  /** What an import came to, also where its contract was not found; null before. */
  'networks/outcome': call(z.strictObject({ job: idSchema }), z.object({ outcome: importOutcomeSchema.nullable() })),
};
