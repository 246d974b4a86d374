import { isMap, isScalar, isSeq, LineCounter, parseDocument } from 'yaml';
import { z } from 'zod';
import { bareSchema } from '../../pipeline/domain/bare-schema.ts';
import { HilumError } from '../../pipeline/domain/errors.ts';
import { nearestName } from '../../pipeline/domain/names.ts';

interface Checked {
  readonly text: string;
  readonly name: string;
  readonly value: unknown;
  readonly schema: z.ZodType;
}

type Issue = z.core.$ZodIssue;
type Path = readonly PropertyKey[];

/** The issue that stands first in the file, as an error with file, line, dotted key and the nearest valid key or value. */
export function issueToError(failure: z.ZodError, checked: Checked): HilumError {
  const lineOf = lineFinder(checked.text);
  const located = failure.issues
    .flatMap((issue) => splitKeys(issue))
    .map((issue) => ({ issue, line: lineOf(issue.path), absent: isAbsent(issue, checked.value) }))
    // A misspelled key shows twice: as one too many, which helps, and as one that is missing.
    .sort((a, b) => Number(a.absent) - Number(b.absent) || a.line - b.line);
  const first = located[0];
  if (first === undefined) return new HilumError('config/syntax', { file: checked.name, what: 'not valid' });
  const { issue, line } = first;
  const place = { file: checked.name, line, key: issue.path.join('.') || '(top)' };
  if (issue.unknownKey) {
    return new HilumError('config/unknown-key', { ...place, nearest: nearestKey(checked.schema, issue.path) });
  }
  const written = valueAt(checked.value, issue.path);
  return new HilumError('config/bad-value', { ...place, ...describe(issue.issue, written) });
}

interface Located {
  readonly issue: Issue;
  readonly path: Path;
  readonly unknownKey: boolean;
}

function isAbsent({ path, unknownKey }: Located, value: unknown): boolean {
  return !unknownKey && path.length > 0 && valueAt(value, path) === undefined;
}

/** One entry an unknown key; unions are replaced by the branch that went deepest before it failed. */
function splitKeys(issue: Issue, base: Path = []): Located[] {
  const path = [...base, ...issue.path];
  if (issue.code === 'unrecognized_keys') {
    return issue.keys.map((key) => ({ issue, path: [...path, key], unknownKey: true }));
  }
  if (issue.code === 'invalid_union') {
    const branches = issue.errors.map((errors) => errors.flatMap((inner) => splitKeys(inner, path)));
    const depth = (branch: readonly Located[]): number => Math.max(...branch.map((each) => each.path.length));
    const deepest = branches.filter((branch) => branch.length > 0).sort((a, b) => depth(b) - depth(a))[0];
    if (deepest !== undefined && depth(deepest) > path.length) return deepest;
  }
  return [{ issue, path, unknownKey: false }];
}

/** What was expected and what was found. */
function describe(issue: Issue, written: unknown): { what: string; nearest?: string | undefined } {
  const got = `got ${shown(written)}`;
  switch (issue.code) {
    case 'invalid_type':
      return { what: `expected ${issue.expected}, ${got}` };
    case 'invalid_value': {
      const values = issue.values.map(String);
      return { what: `expected one of ${values.join(', ')}, ${got}`, nearest: nearestName(String(written), values) };
    }
    case 'too_small': {
      const bound = issue.inclusive === false ? 'more than' : 'at least';
      return { what: `expected ${bound} ${issue.minimum}${unitOf(issue.origin)}, ${got}` };
    }
    case 'too_big': {
      const bound = issue.inclusive === false ? 'less than' : 'at most';
      return { what: `expected ${bound} ${issue.maximum}${unitOf(issue.origin)}, ${got}` };
    }
    case 'invalid_union':
      return { what: `no allowed form fits, ${got}` };
    default:
      return { what: `${issue.message}, ${got}` };
  }
}

function unitOf(origin: string): string {
  if (origin === 'array') return ' entries';
  return origin === 'string' ? ' characters' : '';
}

function shown(value: unknown): string {
  if (value === undefined) return 'nothing';
  if (Array.isArray(value)) return `a list of ${value.length}`;
  if (typeof value === 'object' && value !== null) return 'a group of keys';
  const text = JSON.stringify(value);
  return text.length > 60 ? `${text.slice(0, 60)}…` : text;
}

function valueAt(value: unknown, path: Path): unknown {
  let at = value;
  for (const step of path) {
    if (typeof at !== 'object' || at === null || !Object.hasOwn(at, step)) return undefined;
    at = Reflect.get(at, step);
  }
  return at;
}

/** A key of that name elsewhere in the schema, else the closest name at the same place, else the closest of all. */
function nearestKey(schema: z.ZodType, path: Path): string | undefined {
  const all = dottedKeys(schema, '');
  const written = String(path.at(-1));
  const parent = path.slice(0, -1).join('.');
  const siblings = all.filter((key) => parentOf(key) === parent);
  const elsewhere = all.find((key) => leafOf(key) === written);
  if (elsewhere !== undefined) return elsewhere;
  const sibling = nearestName(written, siblings.map(leafOf));
  if (sibling !== undefined) return parent === '' ? sibling : `${parent}.${sibling}`;
  const leaf = nearestName(written, all.map(leafOf));
  return all.find((key) => leafOf(key) === leaf);
}

const leafOf = (key: string): string => key.slice(key.lastIndexOf('.') + 1);
const parentOf = (key: string): string => (key.includes('.') ? key.slice(0, key.lastIndexOf('.')) : '');

/** Every key of a schema, groups included, `a.b` for nesting. */
export function dottedKeys(schema: z.core.$ZodType, prefix: string): string[] {
  const bare = bareSchema(schema);
  if (!(bare instanceof z.ZodObject)) return [];
  return Object.entries(bare.shape).flatMap(([key, inner]) => {
    const dotted = prefix === '' ? key : `${prefix}.${key}`;
    return [dotted, ...dottedKeys(inner, dotted)];
  });
}

/** 1-based line of a key or list entry; of its nearest parent that is there; else 1. */
export function lineFinder(text: string): (path: Path) => number {
  const counter = new LineCounter();
  const document = parseDocument(text, { lineCounter: counter });
  return (path) => {
    let node: unknown = document.contents;
    let offset = 0;
    for (const step of path) {
      if (isMap(node)) {
        const pair = node.items.find((item) => isScalar(item.key) && String(item.key.value) === String(step));
        if (pair === undefined) break;
        if (isScalar(pair.key)) offset = pair.key.range?.[0] ?? offset;
        node = pair.value;
      } else if (isSeq(node)) {
        node = node.items[Number(step)];
        if (isMap(node) || isScalar(node) || isSeq(node)) offset = node.range?.[0] ?? offset;
      } else break;
    }
    return counter.linePos(offset).line;
  };
}
