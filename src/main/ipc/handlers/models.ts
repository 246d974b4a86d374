import { removeModel } from '../../models/store.ts';
import { registerStored } from '../../registry/register.ts';
import { requireNoAlias } from '../../registry/removal.ts';
import { importModel, verifyKnown } from '../../session/model-checks.ts';
import { modelDetails } from '../../session/model-details.ts';
import { defaultModelOf, describeModel, knownModel, knownModels } from '../../session/models.ts';
import type { Session } from '../../session/session.ts';
import type { Handlers } from '../core.ts';

type ModelHandlers = Pick<
  Handlers,
  'models/list' | 'models/get' | 'models/verify' | 'models/import' | 'models/set-default' | 'models/delete'
>;

export function modelHandlers(session: Session): ModelHandlers {
  const changed = (): void => session.push({ topic: 'changed', what: 'models' });
  return {
    'models/list': async () => {
      const { records, workspace } = session.study;
      await registerStored({ records, state: workspace.paths.state });
      const defaultModel = await defaultModelOf(session);
      const known = await knownModels(session);
      return { models: await Promise.all(known.map((each) => describeModel(session, each, defaultModel))) };
    },
    'models/get': ({ model }) => modelDetails(session, model),
    'models/verify': ({ model }) => verifyKnown(session, model),
    'models/import': async ({ folder }) => ({ model: await importModel(session, folder) }),
    'models/set-default': async ({ model }) => {
      await knownModel(session, model);
      await session.settings.change({ defaultModel: model });
      changed();
      return {};
    },
    'models/delete': async ({ model }) => {
      requireNoAlias(session.study.records, model);
      const bytes = await removeModel(session.study.workspace.paths.state, model);
      if (session.settings.value.defaultModel === model) await session.settings.change({ defaultModel: null });
      changed();
      return { bytes };
    },
  };
}
