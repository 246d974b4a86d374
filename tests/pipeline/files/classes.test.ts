import { describe, expect, it } from 'vitest';
import { HilumError } from '../../../src/pipeline/domain/errors.ts';
import { classOf, readLabels } from '../../../src/pipeline/files/index.ts';

const classes = ['Cyst', 'Tumor'];

/** Code and facts of what a call throws. */
function failureOf(call: () => unknown): unknown {
  try {
    call();
  } catch (error) {
    if (error instanceof HilumError) return { code: error.code, ...error.facts };
    throw error;
  }
  return 'no error';
}

describe('the class of a file', () => {
  it('is the first folder with the name of a class, whatever its case', () => {
    expect(classOf('Training/cyst/Tumor/a.png', { classes })).toEqual({ class: 'Cyst' });
    expect(classOf('TUMOR/patient-7/a.png', { classes })).toEqual({ class: 'Tumor' });
    expect(classOf('CYST/a.png', { classes: ['cyst', 'CYST'] })).toEqual({ class: 'CYST' });
  });

  it('is no part of a name, no file name, and nothing at the top', () => {
    for (const file of ['Cysts/a.png', 'Cyst', 'Cyst.png', 'other/Cyst']) {
      expect(classOf(file, { classes })).toEqual({ refused: 'image/no-class', facts: {} });
    }
  });

  it('is the top folder where no classes are given', () => {
    expect(classOf('Stone/b/a.png', {})).toEqual({ class: 'Stone' });
    expect(classOf('a.png', {})).toEqual({ refused: 'image/no-class', facts: {} });
  });

  it('is what the label table says before anything else', () => {
    const labels = readLabels('file,class\nCyst/a.png,tumor\nx.png,Tumer\n');
    expect(classOf('Cyst/a.png', { classes, labels })).toEqual({ class: 'Tumor' });
    expect(classOf('Cyst/b.png', { classes, labels })).toEqual({ class: 'Cyst' });
    expect(classOf('Cyst/a.png', { labels })).toEqual({ class: 'tumor' });
    expect(classOf('x.png', { classes, labels })).toEqual({
      refused: 'image/unknown-class',
      facts: { class: 'Tumer', nearest: 'Tumor' },
    });
  });
});

describe('a label table', () => {
  it('is read with and without scan and group, quotes, a byte order mark and surplus columns', () => {
    const text = '\uFEFFfile,class,scan,group,note\n"a, b.png",Cyst,s1,p1,x\nc.png, Tumor ,,,\n';
    expect([...readLabels(text)]).toEqual([
      ['a, b.png', { class: 'Cyst', scan: 's1', group: 'p1' }],
      ['c.png', { class: 'Tumor', scan: undefined, group: undefined }],
    ]);
    expect(readLabels('file,class\n__proto__,Cyst\n').get('__proto__')?.class).toBe('Cyst');
    expect(readLabels('file,class\n').size).toBe(0);
  });

  it('names line and fault', () => {
    const table = 'labels.csv';
    expect(failureOf(() => readLabels('file,klass\na,b\n'))).toMatchObject({
      code: 'table/bad-header',
      file: table,
      line: 1,
      key: 'class',
      nearest: 'klass',
    });
    const bad = (line: number, what: string) => ({ code: 'table/bad-row', file: table, line, what });
    expect(failureOf(() => readLabels('file,class\na,Cyst\n,Cyst\n'))).toMatchObject(bad(3, 'file: is empty'));
    expect(failureOf(() => readLabels('file,class\na, \n'))).toMatchObject(bad(2, 'class: is empty'));
    expect(failureOf(() => readLabels('file,class\na,Cyst\nb,Cyst\na,Tumor\n'))).toMatchObject(
      bad(4, 'file: this file was named before'),
    );
    expect(failureOf(() => readLabels('file,class,scan,group\na,Cyst,s,p\nb,Cyst,s,q\n'))).toMatchObject(
      bad(3, 'group: further up this scan has another group'),
    );
    expect(failureOf(() => readLabels('file,class,scan\na,Cyst\n'))).toMatchObject({ code: 'table/bad-row', line: 2 });
  });
});
