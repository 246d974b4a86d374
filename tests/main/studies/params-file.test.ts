import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { readParamsFile, writeParamsFile } from '../../../src/main/studies/params-file.ts';
import { initWorkspace } from '../../../src/main/workspace/init.ts';
import { configSchema, type Params, paramsSchema } from '../../../src/pipeline/domain/params.ts';
import { temporaryFolder } from '../../helpers/records.ts';

async function newWorkspace(): Promise<string> {
  const root = temporaryFolder();
  await initWorkspace(root, {});
  return root;
}

const withEpochs = (params: Params, epochs: number): Params => ({
  ...params,
  training: { ...params.training, epochs },
});

describe('params.yaml', () => {
  it('is saved with its comments; the second of two savers is told that it changed', async () => {
    const root = await newWorkspace();
    const { params, version } = await readParamsFile(root);
    const [first, second] = await Promise.allSettled([
      writeParamsFile(root, withEpochs(params, 5), version),
      writeParamsFile(root, withEpochs(params, 6), version),
    ]);
    expect(first.status).toBe('fulfilled');
    expect(second).toMatchObject({ reason: { code: 'config/changed', facts: { file: 'params.yaml' } } });
    const text = await readFile(join(root, 'params.yaml'), 'utf8');
    expect(text).toContain('  # Passes over the training part, at most.\n  epochs: 5\n');
    expect(await readParamsFile(root)).toMatchObject({ version: first.status === 'fulfilled' ? first.value : '' });
  });

  it('takes a change made in an editor as somebody else’s', async () => {
    const root = await newWorkspace();
    const { params, version } = await readParamsFile(root);
    await writeFile(join(root, 'params.yaml'), 'seed: 9\n');
    await expect(writeParamsFile(root, params, version)).rejects.toMatchObject({ code: 'config/changed' });
    expect(await readFile(join(root, 'params.yaml'), 'utf8')).toBe('seed: 9\n');
  });

  it('is left as it is when nothing differs, and a folder of weights keeps its words', async () => {
    const root = await newWorkspace();
    await writeFile(join(root, 'params.yaml'), 'backbone: {name: vgg16,   weights: ../vgg}\n');
    const { params, version } = await readParamsFile(root);
    const recorded = { ...params, backbone: { ...params.backbone, weights: join(root, '../vgg') } };
    expect(await writeParamsFile(root, recorded)).toBe(version);
    expect(await readFile(join(root, 'params.yaml'), 'utf8')).toContain('weights: ../vgg}');
  });
});

interface HelpNode {
  readonly description?: string | undefined;
  readonly properties?: Readonly<Record<string, HelpNode>> | undefined;
}
const helpNode: z.ZodType<HelpNode> = z.object({
  description: z.string().optional(),
  get properties() {
    return z.record(z.string(), helpNode).optional();
  },
});

describe('the schemas of params.yaml and config.yaml', () => {
  it('say of every key what it means', () => {
    const silent = (node: HelpNode, path: string): string[] => {
      const own = node.description === undefined && path !== '' ? [path] : [];
      return [
        ...own,
        ...Object.entries(node.properties ?? {}).flatMap(([key, each]) => silent(each, `${path}.${key}`)),
      ];
    };
    for (const schema of [paramsSchema, configSchema]) {
      expect(silent(helpNode.parse(z.toJSONSchema(schema, { io: 'input' })), '')).toEqual([]);
    }
  });
});
