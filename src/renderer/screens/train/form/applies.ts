import type { Values } from './values.ts';

type Reason = (values: Values) => string | undefined;

const crossValidated = (values: Values): boolean =>
  values['split.strategy'] === 'k-fold' || values['split.strategy'] === 'leave-one-group-out';

/** Fields that change nothing while others stand as they do, and why. */
const reasons: Readonly<Record<string, Reason>> = {
  'split.folds': (values) => (values['split.strategy'] === 'k-fold' ? undefined : 'Only for k-fold cross-validation.'),
  'split.test': (values) => (crossValidated(values) ? 'Cross-validation holds every image out once.' : undefined),
  'training.early_stopping.metric': (values) =>
    values['training.early_stopping.patience'] === 0 ? 'Early stopping is off.' : undefined,
};

/** Why a field changes nothing now; undefined where it does. */
export function idleReason(path: string, values: Values): string | undefined {
  return reasons[path]?.(values);
}
