import { heatMaps } from '../../session/explain/heat.ts';
import { nearestCases } from '../../session/explain/neighbours.ts';
import { testTrust, trustState } from '../../session/explain/trust.ts';
import type { Session } from '../../session/session.ts';
import type { Handlers } from '../core.ts';

type ExplainHandlers = Pick<Handlers, 'explain/map' | 'explain/neighbours' | 'explain/trust' | 'explain/test-trust'>;

export function explainHandlers(session: Session): ExplainHandlers {
  const heat = heatMaps(session);
  return {
    'explain/map': (question) => heat(question),
    'explain/neighbours': (question) => nearestCases(session, question),
    'explain/trust': ({ model }) => trustState(session, model),
    'explain/test-trust': ({ model }) => testTrust(session, model),
  };
}
