import { z } from 'zod';
import type { CardSheet } from '../../../pipeline/domain/card/report.ts';
import { knownModel } from '../../session/models.ts';
import type { Session } from '../../session/session.ts';
import { currentCard } from '../../studies/card/model-card.ts';
import { sideOfModel } from '../../studies/duel/sides.ts';
import type { Handlers } from '../core.ts';

export function cardHandlers(session: Session): Pick<Handlers, 'cards/get' | 'cards/export'> {
  const cardOf = async (model: string): Promise<CardSheet> => {
    const side = await sideOfModel(session.study, await knownModel(session, model));
    return currentCard(session.study, side, session.context().now());
  };
  return {
    'cards/get': ({ model }) => cardOf(model),
    'cards/export': async ({ model }) => {
      const card = await cardOf(model);
      const name = `hilum-model-card-${card.seal.slice(0, 12)}.html`;
      const made = await session.surface.deliver(name, async (out) => {
        await session.viewer.run('report', { of: 'card', card, out }, z.object({ out: z.string() }));
      });
      if (made.kind !== 'cancelled') session.study.records.audit.add('export', model, { format: 'html' });
      return made;
    },
  };
}
