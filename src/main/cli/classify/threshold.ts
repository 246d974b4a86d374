import { HilumError } from '../../../pipeline/domain/errors.ts';
import { type Asked, choosePoint, readAnswering } from '../../models/answering.ts';
import type { ModelIdentity } from '../../workspace/model-identity.ts';
import type { CliContext } from '../context.ts';
import type { ClassifyOptions } from './plan.ts';

/** Which target the options name. @throws HilumError `usage/bad-option` when they name more than one threshold */
export function askedOf({ reviewBelow, coverage, accuracy }: ClassifyOptions): Asked | undefined {
  const given = [reviewBelow, coverage, accuracy].filter((each) => each !== undefined);
  if (given.length > 1) {
    throw new HilumError('usage/bad-option', { what: 'give one of --review-below, --coverage and --accuracy' });
  }
  if (coverage !== undefined) return { by: 'coverage', target: coverage };
  return accuracy === undefined ? undefined : { by: 'accuracy', target: accuracy };
}

/** Threshold from the model's sealed curve; says on stderr what it means. @throws HilumError `model/no-curve` */
export async function thresholdFor(asked: Asked, { folder }: ModelIdentity, context: CliContext): Promise<number> {
  const { calibration } = await readAnswering(folder);
  const { threshold, coverage, accuracy, reached } = choosePoint(calibration, asked);
  const percent = (share: number): string => `${(100 * share).toFixed(1)} %`;
  const right = accuracy === null ? 'none answered' : `${percent(accuracy)} of these right`;
  const missed = reached ? '' : ` No threshold reaches ${percent(asked.target)} ${asked.by}.`;
  context.say(
    `Threshold ${threshold.toFixed(4)}: on held-out patient groups ${percent(coverage)} answered, ${right}.${missed}`,
  );
  return threshold;
}
