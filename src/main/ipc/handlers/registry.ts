import { promote, versionOf } from '../../registry/promote.ts';
import { clearAlias, rollBack } from '../../registry/rollback.ts';
import { askGates, gateMeans, registryState } from '../../session/registry.ts';
import type { Session } from '../../session/session.ts';
import type { Handlers } from '../core.ts';

type RegistryHandlers = Pick<
  Handlers,
  | 'registry/get'
  | 'registry/model'
  | 'registry/gates'
  | 'registry/promote'
  | 'registry/rollback'
  | 'registry/clear'
  | 'registry/annotate'
>;

export function registryHandlers(session: Session): RegistryHandlers {
  const changed = (): void => {
    // Which model Classify starts with may be another one now.
    for (const what of ['models', 'findings'] as const) session.push({ topic: 'changed', what });
  };
  return {
    'registry/get': () => registryState(session),
    'registry/model': ({ model }) => {
      const { modelVersions, modelTags } = session.study.records;
      const found = modelVersions.ofSeal(model);
      if (found === undefined) return { registered: null };
      const { version, registeredAt, run, notes } = found;
      return { registered: { version, registeredAt, run, notes, tags: modelTags.of(version) } };
    },
    'registry/gates': ({ model, alias }) => askGates(session, model, alias),
    'registry/promote': async (wish) => {
      await session.reloadStudy();
      const { promotion, candidate, champion, passed, checks, version } = await promote(
        session.study,
        wish,
        gateMeans(session),
      );
      changed();
      return { candidate, champion, passed, checks: [...checks], version, promoted: promotion !== null };
    },
    'registry/rollback': async (wish) => {
      await session.reloadStudy();
      const { promotion, passedOver } = await rollBack(session.study, wish, gateMeans(session));
      changed();
      return { version: promotion.version, previous: promotion.previous, passedOver: [...passedOver] };
    },
    'registry/clear': (wish) => {
      clearAlias(session.study, wish);
      changed();
      return {};
    },
    'registry/annotate': ({ model, ...annotation }) => {
      session.study.records.annotateModel(versionOf(session.study, model), annotation);
      changed();
      return {};
    },
  };
}
