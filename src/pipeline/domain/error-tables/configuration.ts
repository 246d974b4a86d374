import { type Entry, entry, nearest, place } from './entry.ts';

/** What is written in configuration files and command lines. */
export const configurationErrors = {
  'config/missing': entry('configuration', (f) => `${f.file} is missing. Make a workspace with \`hilum init\`.`),
  'config/syntax': entry('configuration', (f) => `${place(f)}: not valid YAML: ${f.what}.`),
  'config/unknown-key': entry('configuration', (f) => `${place(f)}: unknown key "${f.key}".${nearest(f)}`),
  'config/bad-value': entry('configuration', (f) => `${place(f)}: ${f.key}: ${f.what}.${nearest(f)}`),
  'config/not-writable': entry(
    'environment',
    (f) => `${f.path} cannot be written (${f.errno}). Choose another folder or mend the rights.`,
  ),
  'config/exists': entry('configuration', (f) => `${f.path} already holds a workspace. Choose another folder.`),
  'config/has-source': entry(
    'configuration',
    () => 'This workspace has a source or a dataset already. Make a new workspace for the synthetic one.',
  ),
  'config/changed': entry(
    'busy',
    (f) => `${f.file} was changed meanwhile by somebody else. Look at the new values, then save again.`,
  ),
  'usage/bad-option': entry('configuration', (f) => `${f.what}.`),
} as const satisfies Record<string, Entry>;
