import { HilumError } from '../../pipeline/domain/errors.ts';
import type { Model } from '../ipc/contract.ts';
import { inspectModel } from '../models/inspect.ts';
import { bundledId, type KnownModel, listModels } from '../models/store.ts';
import { type Registered, registrationOf } from '../registry/describe.ts';
import { keysPlace } from '../registry/signing/place.ts';
import { requireUsable } from '../registry/signing/policy.ts';
import { type SignatureState, signatureOf } from '../registry/signing/signature.ts';
import { modelTitle } from '../workspace/model-identity.ts';
import type { Session } from './session.ts';

/**
 * Model that Classify starts with: the user's choice where this workspace has it, else the champion, else the newest that
 * was trained here, else the one that comes with the program.
 */
export async function defaultModelOf(session: Session): Promise<string> {
  const models = await knownModels(session);
  const chosen = models.find(({ id }) => id === session.settings.value.defaultModel);
  const { promotions, modelVersions } = session.study.records;
  const version = promotions.newest('champion')?.version ?? null;
  const seal = version === null ? null : modelVersions.get(version).seal;
  const champion = models.find(({ id }) => id === seal);
  const trained = models.find(({ origin }) => origin === 'trained');
  return (chosen ?? champion ?? trained)?.id ?? bundledId();
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

/** Refuses a model that the policy of the open workspace does not let in; config.yaml is read anew each time. */
export function usableIn({ study, env }: Session): (folder: string) => Promise<void> {
  return (folder) => requireUsable(study.workspace.paths.root, folder, env);
}

/** A model as the page lists it; what is wrong with it is a sentence in it. */
export async function describeModel(session: Session, known: KnownModel, defaultModel: string): Promise<Model> {
  const { id, origin, run, folder, addedAt } = known;
  const { identity, bytes, answering, problem } = await inspectModel(folder);
  const signature = await signatureIn(session, folder);
  const standing = standingOf(registrationOf(session.study.records, id));
  const shared = { id, origin, run, isDefault: id === defaultModel, bytes, answering, signature, problem, ...standing };
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
    createdAt: card.created_at ?? addedAt,
  };
}

function standingOf(found: Registered | undefined): Pick<Model, 'version' | 'aliases' | 'tags'> {
  return { version: found?.version ?? null, aliases: [...(found?.aliases ?? [])], tags: [...(found?.tags ?? [])] };
}

async function signatureIn({ env, study }: Session, folder: string): Promise<SignatureState | null> {
  try {
    return await signatureOf(folder, keysPlace(env), study.workspace.paths.state);
  } catch {
    // What is wrong with the model is told by `problem`.
    return null;
  }
}
