import { describe, expect, it } from 'vitest';
import { byGroup, filterActions } from '../../../src/renderer/keys/filter-actions.ts';
import { keyLabels } from '../../../src/renderer/keys/labels.ts';
import { createKeyRegistry, type KeyBinding, normalKeys } from '../../../src/renderer/keys/registry.ts';

const binding = (title: string, more: Partial<KeyBinding> = {}): KeyBinding => ({
  title,
  group: 'Table',
  run: () => {},
  ...more,
});

describe('key registry', () => {
  it('lets the newest registration of the same keys win, and the older one come back', () => {
    const registry = createKeyRegistry();
    registry.add(() => [binding('Next image', { keys: 'j' }), binding('Find', { keys: '$mod+f' })]);
    const remove = registry.add(() => [binding('Next run', { keys: 'j' })]);
    expect(registry.active().map(({ title }) => title)).toEqual(['Find', 'Next run']);
    remove();
    expect(registry.active().map(({ title }) => title)).toEqual(['Next image', 'Find']);
  });

  it('leaves disabled bindings out, and asks for the list each time', () => {
    const registry = createKeyRegistry();
    let enabled = false;
    registry.add(() => [binding('Accept', { keys: 'a', enabled })]);
    expect(registry.active()).toEqual([]);
    enabled = true;
    expect(registry.active()).toHaveLength(1);
  });

  it('keeps actions without keys apart by their titles', () => {
    const registry = createKeyRegistry();
    registry.add(() => [binding('Export CSV'), binding('Export JSON')]);
    expect(registry.active()).toHaveLength(2);
  });

  it('lets signs match with and without Shift, whatever the keyboard', () => {
    expect(normalKeys('?')).toBe('[Shift]+?');
    expect(normalKeys('g  c')).toBe('g c');
    expect(normalKeys('space')).toBe('Space');
    expect(normalKeys('Shift+ArrowDown')).toBe('Shift+ArrowDown');
  });
});

describe('lists of keys', () => {
  const all = [
    binding('Go to Train', { keys: 'g t', group: 'Screens' }),
    binding('Train again', { group: 'Run' }),
    binding('Next image', { keys: 'j' }),
  ];

  it('finds actions by words of group and title, beginnings first', () => {
    expect(filterActions(all, 'train').map(({ title }) => title)).toEqual(['Train again', 'Go to Train']);
    expect(filterActions(all, 'scr tra').map(({ title }) => title)).toEqual(['Go to Train']);
    expect(filterActions(all, 'nothing like it')).toEqual([]);
  });

  it('groups only what has keys', () => {
    expect(byGroup(all).map(([group, bindings]) => [group, bindings.length])).toEqual([
      ['Screens', 1],
      ['Table', 1],
    ]);
  });

  it('prints keys as their caps', () => {
    expect(keyLabels('$mod+f', false)).toEqual(['Ctrl', 'F']);
    expect(keyLabels('$mod+f', true)).toEqual(['⌘', 'F']);
    expect(keyLabels('g c', false)).toEqual(['G', 'C']);
    expect(keyLabels('Shift+ArrowDown', false)).toEqual(['Shift', '↓']);
    expect(keyLabels('Space', false)).toEqual(['Space']);
    expect(keyLabels('?', false)).toEqual(['?']);
    expect(keyLabels('Digit1', false)).toEqual(['1']);
  });
});
