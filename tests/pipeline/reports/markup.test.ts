import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { escapeMarkup, markup, visible } from '../../../src/pipeline/reports/markup.ts';

describe('markup', () => {
  it('escapes what is put in, and nothing twice', () => {
    const inner = markup`<b>${'a & b'}</b>`;
    expect(markup`<p title="${'"<\'`>'}">${inner}${[inner, inner]}${3}</p>`.text).toBe(
      '<p title="&quot;&lt;&#39;&#96;&gt;"><b>a &amp; b</b><b>a &amp; b</b><b>a &amp; b</b>3</p>',
    );
  });

  it('escaped text holds no character of markup and keeps every other', () => {
    const back: Readonly<Record<string, string>> = {
      '&amp;': '&',
      '&lt;': '<',
      '&gt;': '>',
      '&quot;': '"',
      '&#39;': "'",
      '&#96;': '`',
    };
    return fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        const escaped = escapeMarkup(text);
        expect(escaped).not.toMatch(/[<>"'`]/);
        expect(escaped.replace(/&(amp|lt|gt|quot|#39|#96);/g, (entity) => back[entity] ?? '')).toBe(visible(text));
      }),
      { seed: 7, numRuns: 500 },
    );
  });

  it('shows what acts: controls, overrides of direction, lone surrogates', () => {
    expect(visible('a\u0000b\u001b[31m\u202egnp\ud800\n')).toBe('a�b�[31m�gnp��');
    expect(visible('łódź β 😀 扁')).toBe('łódź β 😀 扁');
  });
});
