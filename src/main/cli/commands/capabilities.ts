import { Command } from 'commander';
import { z } from 'zod';
import { errorTable } from '../../../pipeline/domain/error-table.ts';
import { fileFormats } from '../../../pipeline/domain/image.ts';
import { batchStates, notice } from '../../../pipeline/domain/outcome.ts';
import { phantomFormats } from '../../../pipeline/domain/stage-inputs.ts';
import { stageNames } from '../../../pipeline/protocol.ts';
import { scanSources } from '../../batches/plan.ts';
import { textTable } from '../../studies/text-table.ts';
import { version } from '../../workspace/version.ts';
import { type CliCommand, defineCommand } from '../command.ts';
import { printResult } from '../context.ts';
import { exitCodes } from '../exit-codes.ts';

/** @param others every other command of the program */
export const capabilitiesOf = (others: readonly CliCommand[]): CliCommand => {
  const self = defineCommand({
    name: 'capabilities',
    summary: 'lists commands, formats, exit codes and error codes, for scripts and other programs',
    options: z.object({}),
    configure: () => undefined,
    async run(_options, context) {
      const described = [...others, self].map(describe);
      const value = {
        version,
        notice,
        commands: described,
        stages: stageNames,
        formats: { read: fileFormats, ledger: ['csv', 'json'], phantom: phantomFormats },
        batch_states: batchStates,
        scan_sources: scanSources,
        exit_codes: exitCodes,
        errors: Object.fromEntries(Object.entries(errorTable).map(([code, { kind }]) => [code, kind])),
      };
      const text = [
        textTable(
          ['command', 'does'],
          described.map(({ name, summary }) => [name, summary]),
        ),
        '',
        `Reads: ${fileFormats.join(', ')}.`,
        '',
        textTable(['exit code', 'means'], Object.entries(exitCodes)),
      ];
      printResult(context, value, text.join('\n'));
      return 0;
    },
  });
  return self;
};

function describe(command: CliCommand) {
  const words = new Command(command.name);
  command.configure(words);
  return {
    name: command.name,
    summary: command.summary,
    arguments: words.registeredArguments.map((argument) => ({
      name: argument.name(),
      required: argument.required,
      variadic: argument.variadic,
      description: argument.description,
    })),
    options: words.options.map(({ flags, description, mandatory }) => ({ flags, description, required: mandatory })),
  };
}
