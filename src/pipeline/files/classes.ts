import type { ErrorCode } from '../domain/error-table.ts';
import type { Facts } from '../domain/errors.ts';
import { nearestName } from '../domain/names.ts';
import type { Label } from './labels.ts';

/** The class of a file, or why it has none. */
export type ClassAnswer = { readonly class: string } | { readonly refused: ErrorCode; readonly facts: Facts };

export interface ClassRules {
  /** Classes of config.yaml; left out, the top folder is the class. */
  readonly classes?: readonly string[] | undefined;
  readonly labels?: ReadonlyMap<string, Label> | undefined;
}

/**
 * The label table first, else the first folder on the path that bears the name of a class (case does not matter), else,
 * where no classes are given, the top folder. Refused: `image/unknown-class` (the label's class is not one of them), `image/no-class`.
 */
export function classOf(file: string, { classes, labels }: ClassRules): ClassAnswer {
  const label = labels?.get(file)?.class;
  if (label !== undefined) return knownClass(label, classes);
  const folders = file.split('/').slice(0, -1);
  const name = classes === undefined ? folders[0] : folders.map((each) => sameName(each, classes)).find(isThere);
  return name === undefined || name === '' ? { refused: 'image/no-class', facts: {} } : { class: name };
}

/** Folders between the class folder and the file; every folder when none bears the class's name. */
export function foldersBelowClass(
  file: string,
  className: string,
): { readonly below: string[]; readonly named: boolean } {
  const folders = file.split('/').slice(0, -1);
  const at = folders.findIndex((folder) => folder.toLowerCase() === className.toLowerCase());
  return at === -1 ? { below: folders, named: false } : { below: folders.slice(at + 1), named: true };
}

function knownClass(written: string, classes: readonly string[] | undefined): ClassAnswer {
  const known = classes === undefined ? written : sameName(written, classes);
  if (known !== undefined) return { class: known };
  return { refused: 'image/unknown-class', facts: { class: written, nearest: nearestName(written, classes ?? []) } };
}

function sameName(written: string, classes: readonly string[]): string | undefined {
  return (
    classes.find((name) => name === written) ?? classes.find((name) => name.toLowerCase() === written.toLowerCase())
  );
}

function isThere(name: string | undefined): name is string {
  return name !== undefined;
}
