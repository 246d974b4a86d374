import { z } from 'zod';
import { duelSchema, type RecordedDuel } from '../../../pipeline/domain/duel.ts';
import type { Session } from '../../session/session.ts';
import { fight } from '../../studies/duel/fight.ts';
import { sideOfRun } from '../../studies/duel/sides.ts';
import type { Handlers } from '../core.ts';

export function duelHandlers(session: Session): Pick<Handlers, 'duels/get' | 'duels/export'> {
  const duelOf = async ({ a, b }: { readonly a: string; readonly b: string }): Promise<RecordedDuel> => {
    const { study } = session;
    const sideOf = (id: string) => sideOfRun(study, study.records.runs.get(id));
    const sides = { a: await sideOf(a), b: await sideOf(b) };
    return fight(
      study,
      sides,
      { kind: 'runs' },
      {
        run: (input) => session.viewer.run('duel', input, duelSchema),
        newId: session.context().newId,
      },
    );
  };
  return {
    'duels/get': duelOf,
    'duels/export': async (pair) => {
      const duel = await duelOf(pair);
      const name = `hilum-duel-${duel.ids.a}-${duel.ids.b}.html`;
      const made = await session.surface.deliver(name, async (out) => {
        await session.viewer.run('report', { of: 'duel', duel, out }, z.object({ out: z.string() }));
      });
      if (made.kind !== 'cancelled') session.study.records.audit.add('export', duel.ids.b, { format: 'html' });
      return made;
    },
  };
}
