import { describe, expect, it } from 'vitest';
import { freshGroup, groupsOfScans, scanRows } from '../../../../src/renderer/screens/data/groups/group-rows.ts';

const scan = (name: string, className = 'Cyst', images = 3) => ({ scan: name, class: className, images });
const groups = [
  { group: 'p10', images: 3, scans: [scan('s4', 'Stone')] },
  { group: 'p2', images: 6, scans: [scan('s10'), scan('s9')] },
];

describe('patient groups as rows', () => {
  it('lists every scan once, group by group, and names each group once', () => {
    const rows = scanRows(groups, '');
    expect(rows.map(({ group, scan: name, isFirst }) => `${group} ${name} ${isFirst}`)).toEqual([
      'p2 s9 true',
      'p2 s10 false',
      'p10 s4 true',
    ]);
    expect(rows[0]?.scansOfGroup).toBe(2);
  });

  it('finds by group, scan and class; the first scan that fits names its group', () => {
    expect(scanRows(groups, 'STONE p1').map(({ scan: name }) => name)).toEqual(['s4']);
    expect(scanRows(groups, 's10')).toMatchObject([{ scan: 's10', isFirst: true, scansOfGroup: 2 }]);
    expect(scanRows(groups, 'nobody')).toEqual([]);
  });

  it('finds a name that is free', () => {
    expect(freshGroup(groups, 'p2')).toBe('p2-2');
    expect(freshGroup([...groups, { group: 'p2-2' }], 'p2')).toBe('p2-3');
    expect(freshGroup([...groups, { group: 'p2-2' }], 'p2-2')).toBe('p2-3');
    expect(freshGroup([{ group: 'case-7' }], 'case-7')).toBe('case-7-2');
  });

  it('remembers where scans were, for the way back', () => {
    const before = groupsOfScans(groups, new Set(['s4', 's9']));
    expect([...before]).toEqual([
      ['p10', ['s4']],
      ['p2', ['s9']],
    ]);
  });
});
