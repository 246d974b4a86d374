import { type Document, isSeq, parseDocument } from 'yaml';
import { canonicalJson } from '../../pipeline/disk/hash.ts';

/** A key and its new value; undefined takes the key out. */
export interface YamlChange {
  readonly path: readonly string[];
  readonly value: unknown;
}

/** The leaves in which two groups of keys differ; lists count as one value. */
export function changesBetween(before: unknown, after: unknown, path: readonly string[] = []): YamlChange[] {
  if (!isGroup(after) || (before !== undefined && !isGroup(before))) {
    return canonicalJson(before ?? null) === canonicalJson(after ?? null) ? [] : [{ path, value: after }];
  }
  const keys = new Set([...Object.keys(before ?? {}), ...Object.keys(after)]);
  return [...keys].flatMap((key) => changesBetween(before?.[key], after[key], [...path, key]));
}

/**
 * The YAML text with these changes; comments, order, blank lines and every other value stay as they are.
 * @param text a valid YAML text whose top level is a map, or nothing
 */
export function editYaml(text: string, changes: readonly YamlChange[]): string {
  if (changes.length === 0) return text;
  const document = parseDocument(text);
  for (const { path, value } of changes) {
    if (value === undefined) document.deleteIn(path);
    else document.setIn(path, Array.isArray(value) ? listNode(document, path, value) : value);
  }
  return document.toString({ lineWidth: 0, flowCollectionPadding: false });
}

/** A list in the style of the one it replaces, its comments included; a new list of plain values on one line. */
function listNode(document: Document, path: readonly string[], value: readonly unknown[]) {
  const before = document.getIn(path, true);
  const node = document.createNode(value);
  if (isSeq(node)) {
    node.flow = isSeq(before) ? before.flow === true : !value.some((each) => typeof each === 'object');
    if (isSeq(before)) {
      node.comment = before.comment ?? null;
      node.commentBefore = before.commentBefore ?? null;
    }
  }
  return node;
}

function isGroup(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
