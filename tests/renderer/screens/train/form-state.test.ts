import { describe, expect, it } from 'vitest';
import {
  emptyForm,
  unsaved,
  withLoaded,
  withMine,
  withSaved,
  withStarted,
  withTheirs,
} from '../../../../src/renderer/screens/train/form/form-state.ts';
import { defaultValues, type Values } from '../../../../src/renderer/screens/train/form/values.ts';

const file = (version: string, changes: Record<string, unknown> = {}) => ({
  version,
  values: { ...defaultValues, ...changes },
});
const loaded = withLoaded(emptyForm('/w'), file('1'));
const edited = (changes: Record<string, unknown>) => ({ ...loaded, values: { ...defaultValues, ...changes } });
const dropout = (value: number): Values => ({ ...defaultValues, 'head.dropout': value });

describe('form and params.yaml', () => {
  it('follows the file while nothing was edited', () => {
    const next = withLoaded(loaded, file('2', { 'head.dropout': 0.5 }));
    expect(next.values['head.dropout']).toBe(0.5);
    expect(next.theirs).toBeUndefined();
    expect(unsaved(next)).toEqual([]);
  });

  it('asks when somebody else wrote the file while it was edited', () => {
    const asked = withLoaded(edited({ 'head.dropout': 0.4 }), file('2', { seed: 9 }));
    expect(asked.values['head.dropout']).toBe(0.4);
    expect(asked.theirs?.version).toBe('2');
    const mine = withMine(asked);
    expect(mine).toMatchObject({ base: { version: '2' }, theirs: undefined });
    expect(unsaved(mine).map(({ path }) => path)).toEqual(['head.dropout', 'seed'].sort().reverse());
    const theirs = withTheirs(asked);
    expect(theirs.values.seed).toBe(9);
    expect(theirs.values['head.dropout']).toBe(0.2);
    expect(unsaved(theirs)).toEqual([]);
  });

  it('asks no more when the file is again what the form started from', () => {
    const asked = withLoaded(edited({ 'head.dropout': 0.4 }), file('2', { seed: 9 }));
    expect(withLoaded(asked, file('1')).theirs).toBeUndefined();
  });

  it('does not ask when both wrote the same', () => {
    const same = withLoaded(edited({ 'head.dropout': 0.4 }), file('2', { 'head.dropout': 0.4 }));
    expect(same).toMatchObject({ base: { version: '2' }, theirs: undefined });
  });

  it('knows what its own runs wrote, however late their turn comes', () => {
    const first = withStarted(edited({ 'head.dropout': 0.4 }), dropout(0.4));
    const second = withStarted({ ...first, values: dropout(0.5) }, dropout(0.5));
    const third = { ...second, values: dropout(0.6) };
    const turn = withLoaded(third, file('2', { 'head.dropout': 0.4 }));
    expect(turn).toMatchObject({ base: { version: '2' }, theirs: undefined });
    expect(turn.values['head.dropout']).toBe(0.6);
    expect(unsaved(turn).map(({ path }) => path)).toEqual(['head.dropout']);
    expect(unsaved(second)).toEqual([]);
  });

  it('keeps what was edited while a save was under way', () => {
    const saved = withSaved(edited({ 'head.dropout': 0.4, seed: 3 }), { version: '2', values: dropout(0.4) });
    expect(unsaved(saved).map(({ path }) => path)).toEqual(['seed']);
  });

  it('proposes a name again after a start', () => {
    expect(withStarted({ ...loaded, name: 'mine' }, dropout(0.4)).name).toBeNull();
  });
});
