import type { Command } from 'commander';
import { z } from 'zod';
import type { Moved } from '../interop/remote/push.ts';
import { counted } from '../studies/text-table.ts';

/** `--remote` of push, fetch and pull. */
export const remoteOption = { remote: z.string().min(1).optional() };

export function addRemoteOption(command: Command): void {
  command.option('-r, --remote <name>', 'one of `hilum remote list`; left out: the default');
}

const namesShown = 20;

/** @param deed `sent` or `received`. @param giver who should have had what is missing */
export function transferText(
  { remote, moved, bytes, there, missing, corrupt }: Moved,
  deed: string,
  giver: string,
): string {
  const named = (title: string, oids: readonly string[]): string[] =>
    oids.length === 0 ? [] : [`${title}:`, ...oids.slice(0, namesShown).map((oid) => `  ${oid}`)];
  return [
    `Remote ${remote}: ${counted(moved, 'object')} ${deed} (${bytes} bytes), ${there} there already.`,
    ...named(`${counted(missing.length, 'object')} not in ${giver}`, missing),
    ...named(`${counted(corrupt.length, 'object')} of ${giver} without the content of the name, refused`, corrupt),
  ].join('\n');
}

/** A check has failed where something is missing or is not what its name says. */
export function exitOf({ missing, corrupt }: Moved): number {
  return missing.length + corrupt.length > 0 ? 4 : 0;
}
