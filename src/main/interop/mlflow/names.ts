import { sha256 } from '../../../pipeline/disk/hash.ts';

/** Longest name of a param, metric or tag. */
const longest = 250;

/**
 * A name as MLflow takes it: letters, digits and `_ - . space` in parts between `/`. One that is fine stays; of another the
 * refused characters become `_`, and six digits of its hash keep it apart from every other.
 */
export function remoteName(name: string): string {
  const mapped = name.split('/').map(part).join('/');
  if (mapped.length <= longest) return mapped;
  return `${cut(mapped, longest - 7)}_${digest(name)}`;
}

function part(text: string): string {
  // Python's \w takes no combining marks; a colon is refused by servers on Windows.
  const plain = text.normalize('NFC').replace(/[^\p{L}\p{N}_\-. ]/gu, '_');
  const fits = plain === text && text !== '' && text !== '.' && text !== '..';
  return fits ? text : `${plain.replace(/^\.+$/, '_')}_${digest(text)}`;
}

const digest = (text: string): string => sha256(text).slice(0, 6);

/** The names that were changed, for a tag that says so. */
export function changedNames(names: Iterable<string>): Record<string, string> {
  return Object.fromEntries(
    [...names].map((name) => [remoteName(name), name]).filter(([mapped, name]) => mapped !== name),
  );
}

/** Names of registered models hold no `/` and no `:`. */
export function modelName(name: string): string {
  return remoteName(name.replaceAll('/', '_'));
}

/** Cut to so many UTF-16 units, never within a character. MLflow counts code points, which are never more. */
export function cut(text: string, most: number): string {
  if (text.length <= most) return text;
  const end = /[\uD800-\uDBFF]/.test(text.charAt(most - 1)) ? most - 1 : most;
  return text.slice(0, end);
}
