import { join } from 'node:path';
import { writeFileAtomic, writeFolderAtomic } from '../disk/atomic.ts';
import { canonicalJson, sha256 } from '../disk/hash.ts';
import type { Contract } from '../domain/contract.ts';
import type { ManifestRow } from '../domain/dataset.ts';
import { HilumError } from '../domain/errors.ts';
import type { Domain } from '../domain/image.ts';
import { byCodePoint, nearestName } from '../domain/names.ts';
import type { Params } from '../domain/params.ts';
import { type PrepareInput, prepareInputSchema } from '../domain/stage-inputs.ts';
import {
  attachHead,
  channelsOf,
  countParameters,
  featureDimensions,
  featureNetwork,
  openBackbone,
  toOnnx,
  writeTfjs,
} from '../network/index.ts';
import { type BaseDescription, baseFiles, hashNetwork } from './base-model.ts';
import type { StageContext } from './context.ts';
import { readManifestOf } from './dataset-on-disk.ts';
import type { Stage } from './stage.ts';
import { artifactPath } from './workspace-files.ts';

export type PrepareReport = Omit<BaseDescription, 'contract'> & { classes: string[]; domains: string[] };

/** Backbone with BatchNorm folded, cut at the feature levels of params.yaml, plus the contract: `artifacts/base-model`. */
export const prepare: Stage<PrepareInput> = {
  input: prepareInputSchema,
  async run(input, context): Promise<PrepareReport> {
    const manifest = await readManifestOf(input.workspace);
    const { params } = input;
    report(context, 0);
    const { backbone, loaded } = await openBackbone(params.backbone.name, {
      size: params.image.size,
      weightsFolder: params.backbone.weights,
    });
    const { valueRange } = backbone;
    const channels = loaded.network.input.channels === 1 ? 1 : 3;
    const contract = contractOf(manifest, params, input.classes, { ...valueRange, channels });
    const features = featureNetwork(loaded, backbone, params.backbone.features);
    const whole = attachHead(features, { ...params.head, classes: contract.classes.length });
    const { frozen, trainable } = countParameters(whole);
    const description: BaseDescription = {
      backbone: params.backbone.name,
      features: params.backbone.features,
      dimensions: featureDimensions(features.network),
      frozen_parameters: frozen,
      trainable_parameters: trainable,
      backbone_hash: hashNetwork(features),
      contract_hash: sha256(canonicalJson(contract)),
      contract,
    };
    await writeFolderAtomic(artifactPath(input.workspace, 'baseModel'), async (folder) => {
      await writeTfjs(folder, features);
      await writeFileAtomic(join(folder, baseFiles.onnx), toOnnx(features, { channels: channelsOf(contract) }));
      await writeFileAtomic(join(folder, baseFiles.description), `${JSON.stringify(description, null, 2)}\n`);
    });
    report(context, 1);
    const { contract: _contract, ...figures } = description;
    return { ...figures, classes: contract.classes, domains: contract.domains };
  },
};

function report(context: StageContext, done: number): void {
  context.report({ step: 'Preparing the backbone', done, total: 1, fraction: done });
}

function contractOf(
  manifest: readonly ManifestRow[],
  params: Params,
  configured: readonly string[] | undefined,
  network: Pick<Contract, 'mean' | 'std' | 'channels'>,
): Contract {
  const present = [...new Set(manifest.map((row) => row.class))].sort(byCodePoint);
  const classes = [...(configured ?? present)];
  const empty = classes.find((name) => !present.includes(name));
  if (empty !== undefined)
    throw new HilumError('dataset/empty-class', { class: empty, nearest: nearestName(empty, present) });
  if (classes.length < 2) throw new HilumError('dataset/one-class');
  return {
    version: 1,
    classes,
    domains: domainsOf(manifest, params.image.domains),
    windows: params.image.windows,
    crop: params.image.crop,
    padding: params.image.padding,
    resize: params.image.resize,
    size: params.image.size,
    channels: network.channels,
    mean: network.mean,
    std: network.std,
  };
}

function domainsOf(manifest: readonly ManifestRow[], allowed: Params['image']['domains']): Domain[] {
  const present = [...new Set(manifest.map((row) => row.domain))].sort();
  if (allowed === 'auto') {
    if (present.length > 1) throw new HilumError('dataset/mixed-domains');
    return present;
  }
  const surprise = present.find((domain) => !allowed.includes(domain));
  if (surprise !== undefined)
    throw new HilumError('dataset/unknown-domain', { domain: surprise, allowed: allowed.join(', ') });
  return [...allowed];
}
