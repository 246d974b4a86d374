import type { Session } from '../../session/session.ts';
import { statusOfStudy } from '../../studies/pipeline-status.ts';
import type { Handlers } from '../core.ts';

export function pipelineHandlers(session: Session): Pick<Handlers, 'pipeline/status'> {
  return {
    'pipeline/status': async ({ params }) => ({ stages: await statusOfStudy(session.study.workspace, params) }),
  };
}
