import { z } from 'zod';
import { paramsSchema } from '../../../pipeline/domain/params.ts';
import { stageStatusSchema } from '../../../pipeline/domain/stage-change.ts';
import { call } from './call.ts';

export const pipelineCalls = {
  /**
   * Which stages of dvc.yaml have to run, and why; with parameters that are not saved yet in the place of params.yaml's.
   * @throws `config/…` of dvc.yaml
   */
  'pipeline/status': call(
    z.strictObject({ params: paramsSchema.optional() }),
    z.object({ stages: z.array(stageStatusSchema) }),
  ),
};
