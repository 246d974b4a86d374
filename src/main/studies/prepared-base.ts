import { readFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { z } from 'zod';
import { canonicalJson } from '../../pipeline/disk/hash.ts';
import { contractSchema } from '../../pipeline/domain/contract.ts';
import type { Params } from '../../pipeline/domain/params.ts';
import { artifactNames, type WorkspacePaths } from '../../pipeline/domain/stage-inputs.ts';
import type { Workspace } from '../workspace/open.ts';

const baseSchema = z.object({
  backbone: z.string(),
  features: z.array(z.string()),
  dimensions: z.int().positive(),
  backbone_hash: z.string(),
  contract_hash: z.string(),
  contract: contractSchema,
});
/** What `prepare` says of the base model that it made. */
export type PreparedBase = z.infer<typeof baseSchema>;

/** undefined when there is none, or none that can be read: `train` says what is wrong with it. */
export async function readPreparedBase({ artifacts }: WorkspacePaths): Promise<PreparedBase | undefined> {
  const text = await readFile(join(artifacts, artifactNames.baseModel, 'base.json'), 'utf8').catch(() => undefined);
  return text === undefined ? undefined : baseSchema.safeParse(JSON.parse(text)).data;
}

/** The base model that is there, when these parameters would make the same one. */
export async function baseFor({ paths, params: now }: Workspace, params: Params): Promise<PreparedBase | undefined> {
  const base = await readPreparedBase(paths);
  if (base === undefined) return undefined;
  const { domains, ...rules } = params.image;
  const { windows, crop, padding, resize, size } = base.contract;
  const same =
    base.backbone === params.backbone.name &&
    canonicalJson(base.features) === canonicalJson(params.backbone.features) &&
    canonicalJson({ windows, crop, padding, resize, size }) === canonicalJson(rules) &&
    (domains === 'auto' || canonicalJson(domains) === canonicalJson(base.contract.domains)) &&
    // Which weights it was made of is not written beside it: they are taken to be those of params.yaml.
    weightsOf(paths.root, params) === weightsOf(paths.root, now);
  return same ? base : undefined;
}

function weightsOf(root: string, { backbone }: Params): string | undefined {
  return backbone.weights === undefined ? undefined : resolve(root, backbone.weights);
}
