import { type Entry, entry } from './entry.ts';

/** Calls of the page and what serves them. */
export const pageErrors = {
  'access/outside': entry(
    'configuration',
    () => 'This folder is not among those that may be read here. Choose it again, or ask whoever started the server.',
  ),
  'access/refused': entry(
    'check',
    () => 'The page has no right to ask this. Open the address that the program printed.',
  ),
  'call/unknown': entry('bug', () => 'The page asked for something that this version does not know. Load it again.'),
  'call/bad-input': entry('configuration', (f) => `The question is not understood (${f.what}).`),
  'call/too-large': entry(
    'configuration',
    (f) => `The question is larger than ${f.limit} bytes. Choose fewer things at once.`,
  ),
  'call/lost': entry(
    'environment',
    () => 'The program does not answer. If it was closed, start it again and load this page.',
  ),
  'serve/no-page': entry('environment', () => 'The page is not built. Run `npm run build`, then try again.'),
  'serve/port-taken': entry(
    'environment',
    (f) =>
      `Port ${f.port} of ${f.host} is taken by another program. Give another --port, or none for any that is free.`,
  ),
  'serve/cannot-listen': entry(
    'environment',
    (f) => `The server cannot listen on ${f.host}, port ${f.port} (${f.errno}). Give another --host or --port.`,
  ),
  'upload/unknown': entry('configuration', () => 'This upload is not known (any more). Send the files again.'),
  'upload/bad-name': entry('configuration', (f) => `A file of the upload cannot be stored: ${f.what}.`),
  'upload/too-large': entry(
    'configuration',
    (f) => `The upload is larger than ${f.limit} ${f.unit}. Send it in parts.`,
  ),
  'job/unknown': entry('configuration', () => 'This job is not in the list (any more).'),
  'machine/busy': entry('busy', () => 'A job is queued or running. Try again when it has ended.'),
} as const satisfies Record<string, Entry>;
