import { HilumError } from '../../pipeline/domain/errors.ts';
import type { Model } from '../ipc/contract.ts';
import { inspectModel } from '../models/inspect.ts';
import { bundledId, type KnownModel, listModels } from '../models/store.ts';
import { modelTitle } from '../workspace/model-identity.ts';
import type { Session } from './session.ts';

/**
 * Model that Classify starts with: the user's choice where this workspace has it, else the newest that was trained here,
 * else the one that comes with the program.
 */
export async function defaultModelOf(session: Session): Promise<string> {
  const models = await knownModels(session);
  const chosen = models.find(({ id }) => id === session.settings.value.defaultModel);
  const trained = models.find(({ origin }) => origin === 'trained');
  return (chosen ?? trained)?.id ?? bundledId();
}

export function knownModels(session: Session): Promise<KnownModel[]> {
  return listModels(session.study.workspace.paths.state);
}

/** @throws HilumError `model/unknown` */
export async function knownModel(session: Session, id: string): Promise<KnownModel> {
  const model = (await knownModels(session)).find((each) => each.id === id);
  if (model === undefined) throw new HilumError('model/unknown');
  return model;
}

/** A model as the page lists it; what is wrong with it is a sentence in it. */
export async function describeModel(known: KnownModel, defaultModel: string): Promise<Model> {
  const { id, origin, run, folder, addedAt } = known;
  const { identity, bytes, answering, problem } = await inspectModel(folder);
  const shared = { id, origin, run, isDefault: id === defaultModel, bytes, answering, problem };
  if (identity === undefined) {
    const nothing = { trainedOn: '', synthetic: false, honesty: 'grouped', createdAt: addedAt } as const;
    return { ...shared, ...nothing, title: `Model ${id.slice(0, 12)}`, classes: [] };
  }
  const { card, classes, synthetic } = identity;
  return {
    ...shared,
    title: modelTitle(identity),
    classes: [...classes],
    trainedOn: card.trained_on,
    synthetic,
    honesty: card.honesty,
    createdAt: card.created_at,
  };
}
