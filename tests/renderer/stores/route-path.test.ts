import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseRoute, pathOf, screenNames } from '../../../src/renderer/stores/route-path.ts';

describe('route', () => {
  it('reads screen, parts and query from the fragment', () => {
    expect(parseRoute('#/runs/compare?ids=a,b')).toEqual({
      screen: 'runs',
      parts: ['compare'],
      query: { ids: 'a,b' },
    });
    expect(parseRoute('#/classify/b%2F1?item=3&text=')).toEqual({
      screen: 'classify',
      parts: ['b/1'],
      query: { item: '3', text: '' },
    });
  });

  it('leads to the first screen from anything it does not know', () => {
    const first = { screen: 'classify', parts: [], query: {} };
    for (const fragment of ['', '#', '#/', '#/nowhere/1', '#token=abc', '#/__proto__', '#/constructor']) {
      expect(parseRoute(fragment)).toEqual(first);
    }
  });

  it('writes only what is given', () => {
    expect(pathOf('runs')).toBe('/runs');
    expect(pathOf('runs', ['a/b'], { ids: undefined, text: '', sort: 'x y' })).toBe('/runs/a%2Fb?sort=x+y');
  });

  it('reads back what it wrote, whatever the texts', () => {
    const text = fc.string({ unit: 'grapheme', minLength: 1 });
    return fc.assert(
      fc.property(
        fc.constantFrom(...screenNames),
        fc.array(text),
        fc.dictionary(fc.stringMatching(/^[a-z]{1,8}$/), text),
        (screen, parts, query) => {
          expect(parseRoute(`#${pathOf(screen, parts, query)}`)).toEqual({ screen, parts, query: { ...query } });
        },
      ),
      { seed: 4, numRuns: 300 },
    );
  });

  it('survives any fragment', () => {
    return fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (fragment) => {
        expect(screenNames).toContain(parseRoute(`#/runs/${fragment}`).screen);
      }),
      { seed: 4, numRuns: 500 },
    );
  });
});
