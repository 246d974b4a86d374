import type { Values } from './values.ts';

type Reason = (values: Values) => string | undefined;

const crossValidated = (values: Values): boolean =>
  values['split.strategy'] === 'k-fold' || values['split.strategy'] === 'leave-one-group-out';

const headAlone = (values: Values): boolean => values['training.preset'] === 'head';

/** What the preset does not use has no place in the form: it would only raise questions. */
export function isHidden(path: string, values: Values): boolean {
  if (path.startsWith('fine_tuning.') || path.startsWith('augmentation.')) {
    return headAlone(values) || (path === 'fine_tuning.blocks' && values['training.preset'] !== 'top-blocks');
  }
  return false;
}

/** Of a head that is trained before fine-tuning only. */
const ofHead: Reason = (values) =>
  headAlone(values) || values['fine_tuning.warm_start'] === true
    ? undefined
    : 'Only for the head that is trained first: the warm start is off.';

/** Fields that change nothing while others stand as they do, and why. */
const reasons: Readonly<Record<string, Reason>> = {
  'split.folds': (values) => (values['split.strategy'] === 'k-fold' ? undefined : 'Only for k-fold cross-validation.'),
  'split.test': (values) => (crossValidated(values) ? 'Cross-validation holds every image out once.' : undefined),
  'training.epochs': ofHead,
  'training.batch_size': ofHead,
  'training.learning_rate': ofHead,
  'training.early_stopping.metric': (values) =>
    values['training.early_stopping.patience'] === 0 ? 'Early stopping is off.' : undefined,
};

/** Why a field changes nothing now; undefined where it does. */
export function idleReason(path: string, values: Values): string | undefined {
  return reasons[path]?.(values);
}
