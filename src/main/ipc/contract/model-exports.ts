import { z } from 'zod';
import { exportFormats } from '../../../pipeline/domain/export-model.ts';
import { call, idSchema, madeFileSchema } from './call.ts';

export const modelExportCalls = {
  /** A model for another Hilum or another program, as one zip; checked against its golden answers before it is handed over. */
  'models/export': call(z.strictObject({ model: idSchema, format: z.enum(exportFormats) }), madeFileSchema),
};
