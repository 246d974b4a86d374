import { resolve } from 'node:path';
import { HilumError } from '../../../pipeline/domain/errors.ts';
import { type StatedContract, statedContractSchema } from '../../../pipeline/domain/import-network.ts';
import { parseYaml, readYamlText } from '../../workspace/yaml-file.ts';

/** Options of `models import` that tell of the contract, as written. */
export interface WrittenContract {
  readonly contract?: string | undefined;
  readonly resize?: string | undefined;
  readonly range?: string | undefined;
  readonly mean?: string | undefined;
  readonly std?: string | undefined;
  readonly channels?: string | undefined;
  readonly rounding?: string | undefined;
  readonly crop?: string | undefined;
  readonly padding?: string | undefined;
  readonly classes?: string | undefined;
}

/**
 * What is stated of the contract: the file first, options over it.
 * @throws HilumError `config/…` naming line and key of the file, `usage/bad-option`
 */
export async function statedContract(written: WrittenContract, cwd: string): Promise<StatedContract> {
  const { contract, resize, channels, rounding, crop, padding, classes } = written;
  const file =
    contract === undefined ? {} : parseYaml(await readYamlText(resolve(cwd, contract)), contract, statedContractSchema);
  const range = rangeOf(written);
  const options = {
    ...(resize === undefined ? {} : { resize }),
    ...(range === undefined ? {} : { range }),
    ...(channels === undefined ? {} : { channels }),
    ...(rounding === undefined ? {} : { rounding }),
    ...(crop === undefined ? {} : { crop }),
    ...(padding === undefined ? {} : { padding }),
    ...(classes === undefined ? {} : { classes: classes.split(',').map((name) => name.trim()) }),
  };
  const stated = statedContractSchema.safeParse({ ...file, ...options });
  if (stated.success) return stated.data;
  const [issue] = stated.error.issues;
  throw new HilumError('usage/bad-option', {
    what: `--${String(issue?.path[0] ?? 'contract')}: ${issue?.message ?? 'not valid'}`,
  });
}

function rangeOf({ range, mean, std }: WrittenContract): unknown {
  if (mean === undefined && std === undefined) return range;
  if (range !== undefined || mean === undefined || std === undefined) {
    throw new HilumError('usage/bad-option', { what: 'Give --range, or --mean with --std' });
  }
  return { mean: numbersOf(mean), std: numbersOf(std) };
}

function numbersOf(written: string): number | number[] {
  const numbers = written.split(',').map(Number);
  const [only = Number.NaN] = numbers;
  return numbers.length === 1 ? only : numbers;
}
