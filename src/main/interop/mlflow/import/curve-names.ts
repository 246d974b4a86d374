import { type EpochFigure, isEpochFigure } from '../../../studies/figures.ts';

/** How other programs call what is recorded of an epoch here: Keras, PyTorch Lightning, scikit-learn scripts. */
const aliases: Readonly<Record<string, EpochFigure>> = {
  train_loss: 'loss',
  training_loss: 'loss',
  'train/loss': 'loss',
  val_loss: 'validation_loss',
  valid_loss: 'validation_loss',
  'val/loss': 'validation_loss',
  acc: 'accuracy',
  train_acc: 'accuracy',
  train_accuracy: 'accuracy',
  training_accuracy: 'accuracy',
  'train/accuracy': 'accuracy',
  categorical_accuracy: 'accuracy',
  sparse_categorical_accuracy: 'accuracy',
  val_acc: 'validation_accuracy',
  val_accuracy: 'validation_accuracy',
  valid_accuracy: 'validation_accuracy',
  'val/accuracy': 'validation_accuracy',
  val_categorical_accuracy: 'validation_accuracy',
  val_sparse_categorical_accuracy: 'validation_accuracy',
  balanced_acc: 'balanced_accuracy',
  train_balanced_accuracy: 'balanced_accuracy',
  val_balanced_acc: 'validation_balanced_accuracy',
  val_balanced_accuracy: 'validation_balanced_accuracy',
  lr: 'learning_rate',
  'lr-Adam': 'learning_rate',
  'lr-SGD': 'learning_rate',
};

/** The figure of ours that a metric of another program is; undefined: none. Name for name first, so that `loss` stays `loss`. */
export function curveNames(metrics: readonly string[]): ReadonlyMap<string, EpochFigure> {
  const own = new Map<string, EpochFigure>();
  for (const name of metrics) if (isEpochFigure(name)) own.set(name, name);
  const taken = new Set<EpochFigure>(own.values());
  for (const name of metrics) {
    const figure = Object.hasOwn(aliases, name) ? aliases[name] : undefined;
    if (figure === undefined || taken.has(figure)) continue;
    own.set(name, figure);
    taken.add(figure);
  }
  return own;
}
