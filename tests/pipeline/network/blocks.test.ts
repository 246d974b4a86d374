import { describe, expect, it } from 'vitest';
import {
  attachHead,
  type Backbone,
  backbones,
  backboneWithoutWeights,
  featureNetwork,
  mapsBehind,
  trainableBlocks,
} from '../../../src/pipeline/network/index.ts';

function wholeOf(backbone: Backbone, levels: readonly string[]) {
  const features = featureNetwork(backboneWithoutWeights(backbone, 64), backbone, levels);
  return attachHead(features, { dropout: 0.2, hidden: 8, classes: 4 });
}

describe.each(backbones.map((backbone) => [backbone.id, backbone] as const))('blocks of %s', (_id, backbone) => {
  const whole = wholeOf(backbone, ['top']);
  const blocks = trainableBlocks(whole.weights, backbone);

  it('hold every weight exactly once but the fixed ones, from the head down', () => {
    const names = blocks.flatMap((block) => block.weights);
    expect(new Set(names).size).toBe(names.length);
    const fixed = [...(backbone.fixedWeights?.keys() ?? [])];
    expect([...names, ...fixed].sort()).toEqual([...whole.weights.keys()].sort());
    expect(blocks.map(({ name }) => name)).toEqual(['head', ...backbone.blocks]);
  });

  it('follow the network: of any two, the upper one comes later in it', () => {
    const order = new Map(whole.network.nodes.map((node, at) => [node.name, at]));
    const places = blocks.map(({ weights }) =>
      weights.map((name) => order.get(name.slice(0, name.lastIndexOf('/'))) ?? Number.NaN),
    );
    for (const [at, block] of places.entries()) {
      const below = places[at + 1];
      if (below !== undefined) expect(Math.min(...block)).toBeGreaterThan(Math.max(...below));
    }
  });

  it('of a network that is cut are those that are left', () => {
    const level = backbone.features[2] ?? 'top';
    const cut = trainableBlocks(wholeOf(backbone, [level]).weights, backbone).map(({ name }) => name);
    expect(cut.slice(0, 2)).toEqual(['head', level]);
  });

  it('need fewer maps the fewer of them train', () => {
    const maps = (count: number) =>
      mapsBehind(
        whole.network,
        blocks.slice(0, count).flatMap((block) => block.weights),
      );
    expect(maps(2)).toBeLessThan(maps(4));
    expect(maps(4)).toBeLessThan(maps(blocks.length));
  });
});

it('with BatchNorm kept, its statistics belong to no block', () => {
  const [lite] = backbones;
  if (lite === undefined) throw new Error('no backbone');
  const names = trainableBlocks(backboneWithoutWeights(lite, 64).weights, lite).flatMap((block) => block.weights);
  expect(names).toContain('top_bn/gamma');
  expect(names.some((name) => name.includes('moving_'))).toBe(false);
});
