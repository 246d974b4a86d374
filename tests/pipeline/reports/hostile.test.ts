import { describe, expect, it } from 'vitest';
import { documentsWith, payloads } from './hostile.ts';

/** Tags with the names of their attributes: what a browser would act on. */
function skeleton(document: string): string[] {
  return (document.match(/<[^>]*>/g) ?? []).map((tag) => tag.replace(/"[^"]*"/g, '""'));
}

describe('[A7] no text becomes markup', () => {
  const harmless = documentsWith('harmless');

  it('has 60 payloads to try', () => {
    expect(new Set(payloads).size).toBe(60);
  });

  it.each(payloads)('%j stays text in every field of every document', (payload) => {
    const hostile = documentsWith(payload);
    hostile.html.forEach((document, i) => {
      expect(skeleton(document)).toEqual(skeleton(harmless.html[i] ?? ''));
    });
    hostile.svg.forEach((document, i) => {
      expect(skeleton(document)).toEqual(skeleton(harmless.svg[i] ?? ''));
    });
  });

  it.each(payloads)('%j leaves no character that acts instead of showing', (payload) => {
    const { html, svg, terminal } = documentsWith(payload);
    for (const document of [...html, ...svg, terminal]) {
      expect(document.isWellFormed()).toBe(true);
      expect(document).not.toMatch(/(?!\n)\p{Cc}|[\u202a-\u202e\u2066-\u2069\ufffe\uffff]/u);
    }
  });
});
