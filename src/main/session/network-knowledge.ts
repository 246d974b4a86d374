import { z } from 'zod';
import type { Params } from '../../pipeline/domain/params.ts';
import { type BackboneFacts, backboneFactsSchema } from '../../pipeline/domain/stage-inputs.ts';
import { trainingCostSchema } from '../../pipeline/domain/training-cost.ts';
import { requireManifest } from '../studies/dataset-tables.ts';
import { classesOf, type NetworkKnowledge } from '../studies/estimate.ts';
import type { Session } from './session.ts';

/** What estimates need of networks, from the worker that shows images; the backbones are asked for once. */
export function networkKnowledge(session: Session): (params: Params) => Promise<NetworkKnowledge> {
  let backbones: readonly BackboneFacts[] | undefined;
  return async (params) => {
    const { workspace } = session.study;
    const { name, weights } = workspace.params.backbone;
    backbones ??= await session.viewer.run('backbones', { configured: name, weights }, z.array(backboneFactsSchema));
    if (params.training.preset === 'head') return { backbones, cost: undefined };
    const classes = classesOf(workspace, await requireManifest(workspace.paths));
    return { backbones, cost: await session.viewer.run('training-cost', { params, classes }, trainingCostSchema) };
  };
}
