import { type Entry, entry } from './entry.ts';

/** The folder of a study, its records, the disk, the worker and ourselves. */
export const workspaceErrors = {
  'worker/died': entry(
    'bug',
    (f) => `The worker process ended (${f.reason}). Run the command again; it goes on where it stopped.`,
  ),
  'worker/not-ready': entry(
    'environment',
    (f) => `The worker process did not start (${f.reason}). Run \`hilum doctor\`.`,
  ),
  'worker/too-large': entry('environment', (f) => `The worker needs more memory than ${f.limitMb} MB.`),
  'workspace/missing': entry('configuration', (f) => `${f.path} is no workspace. Make one with \`hilum init\`.`),
  'workspace/not-empty': entry(
    'configuration',
    () => 'The folder holds other files than images. Choose an empty folder, or one of images.',
  ),
  'workspace/busy': entry('busy', () => 'Another Hilum process is writing in this workspace. Wait for it or stop it.'),
  'workspace/unsafe-disk': entry(
    'environment',
    (f) => `The records cannot live on a ${f.kind} file system. Use a local disk.`,
  ),
  'records/newer': entry(
    'environment',
    (f) => `The records were written by a newer version (schema ${f.found}, this program knows ${f.known}).`,
  ),
  'records/corrupt': entry('environment', (f) =>
    f.moved === undefined
      ? `The records cannot be read (${f.what}). Run \`hilum doctor\`; nothing was deleted.`
      : `The records cannot be read (${f.what}). They were moved to ${f.moved}; nothing was deleted. ${
          f.restored ? 'The newest good backup is in their place' : 'The next command starts new ones'
        }: run it again.`,
  ),
  'records/old-engine': entry(
    'environment',
    (f) => `SQLite ${f.found} has a known fault; ${f.needed} or newer is needed.`,
  ),
  'disk/full': entry(
    'environment',
    () => 'The disk is full. Free some space and run again; it goes on where it stopped.',
  ),
  'disk/failed': entry(
    'environment',
    (f) => `The disk refused to write (${f.errno}). Nothing was reported as done that is not.`,
  ),
  'workspace/jobs-running': entry(
    'busy',
    () => 'Work is queued or running here. Wait for it or cancel it, then try again.',
  ),
  'cancelled/by-user': entry('cancelled', () => 'Cancelled. What was finished is kept.'),
  'bug/unexpected': entry(
    'bug',
    (f) => `This is a fault of the program (${f.name}). Please report it with \`hilum doctor\`'s output.`,
  ),
} as const satisfies Record<string, Entry>;
