import { z } from 'zod';
import { failedGates, modelAliases, type Promotion, versionName } from '../../../pipeline/domain/registry.ts';
import { textTable } from '../../studies/text-table.ts';
import { addWorkspaceOption, defineCommand, workspaceOption } from '../command.ts';
import { printResult } from '../context.ts';
import { withRecords } from '../study.ts';

export const modelsHistory = defineCommand({
  name: 'models history',
  summary: 'lists every promotion, rollback and override, newest first: who, when, from what to what',
  options: z.object({ ...workspaceOption, alias: z.enum(modelAliases).optional() }),
  configure(command) {
    command.argument('[alias]', `only of ${modelAliases.join(' | ')}`);
    addWorkspaceOption(command);
  },
  run: ({ workspace, alias }, context) =>
    withRecords(context, workspace, (records) => {
      const moves = records.promotions.list().filter((each) => alias === undefined || each.alias === alias);
      printResult(context, moves, describe(moves));
      return 0;
    }),
});

function describe(moves: readonly Promotion[]): string {
  if (moves.length === 0) return 'Nothing was promoted yet.';
  const name = (version: number | null): string => (version === null ? 'none' : versionName(version));
  const rows = moves.map(({ at, alias, deed, version, previous, reader, gates, override }) => [
    at,
    alias,
    deed,
    `${name(previous)} -> ${name(version)}`,
    reader,
    override === null ? `${gates.length} gates` : `OVERRIDDEN ${failedWords(gates)}: ${override}`,
  ]);
  return textTable(['at', 'alias', 'deed', 'version', 'by', 'gates'], rows);
}

function failedWords(gates: Promotion['gates']): string {
  return failedGates(gates)
    .map(({ check }) => check)
    .join(', ');
}
