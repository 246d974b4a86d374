/** The form in plain words. A key that is not here is shown as it is written in params.yaml. */
interface Words {
  readonly label: string;
  /** In names of runs; default the last part of the key. Empty: the value alone says it. */
  readonly short?: string;
  readonly unit?: string;
  readonly options?: Readonly<Record<string, string>>;
}

const words: Readonly<Record<string, Words>> = {
  seed: { label: 'Seed' },
  'scans.same_scan': { label: 'Same scan from correlation', short: 'same scan' },
  'scans.stray': { label: 'Stray slices join from correlation', short: 'stray' },
  'scans.near_duplicate': { label: 'Near-duplicate from correlation', short: 'near duplicate' },
  'image.domains': {
    label: 'Kinds of images',
    options: { auto: 'As in the dataset', display: 'Windowed pictures', hounsfield: 'CT in Hounsfield units' },
  },
  'image.windows': { label: 'Hounsfield window', short: 'window' },
  'image.crop': { label: 'Crop', options: { body: 'To the body', none: 'None' } },
  'image.padding': { label: 'Padding', options: { none: 'None, stretch', square: 'To a square' } },
  'image.resize': {
    label: 'Resize rule',
    short: 'resize',
    options: {
      area: 'Area average',
      bilinear: 'Bilinear',
      nearest: 'Nearest',
      'bilinear-plain': 'Bilinear, not antialiased',
      'bilinear-corner': 'Bilinear, corners (tfjs)',
      'nearest-corner': 'Nearest, corners (OpenCV)',
      'nearest-pillow': 'Nearest (Pillow)',
      bicubic: 'Bicubic',
    },
  },
  'image.size': { label: 'Input size', short: 'size', unit: 'pixels' },
  'split.strategy': {
    label: 'Split',
    short: '',
    options: {
      holdout: 'Hold-out',
      'k-fold': 'k-fold cross-validation',
      'leave-one-group-out': 'Leave one group out',
      'random-slices': 'Random slices (leaks)',
    },
  },
  'split.validation': { label: 'Validation share', short: 'validation' },
  'split.test': { label: 'Test share', short: 'test' },
  'split.folds': { label: 'Folds', short: 'folds' },
  'backbone.name': { label: 'Backbone', short: '' },
  'backbone.weights': { label: 'Folder with weights', short: 'weights' },
  'backbone.features': { label: 'Feature levels', short: 'features' },
  'head.dropout': { label: 'Dropout' },
  'head.hidden': { label: 'Hidden layer', short: 'hidden', unit: 'units' },
  'training.preset': {
    label: 'What is trained',
    short: '',
    options: { head: 'Head', 'top-blocks': 'Top blocks', all: 'Everything' },
  },
  'training.epochs': { label: 'Epochs, at most' },
  'training.batch_size': { label: 'Batch size', unit: 'images' },
  'training.learning_rate': { label: 'Learning rate' },
  'training.schedule': {
    label: 'Schedule',
    short: '',
    options: { constant: 'Constant', cosine: 'Cosine', step: 'Step' },
  },
  'training.l2': { label: 'L2 penalty' },
  'training.class_weights': {
    label: 'Class weights',
    options: { balanced: 'Balanced', none: 'None' },
  },
  'training.label_smoothing': { label: 'Label smoothing', short: 'smoothing' },
  'training.early_stopping.patience': { label: 'Early stopping after', short: 'patience', unit: 'epochs' },
  'training.early_stopping.metric': {
    label: 'Early stopping watches',
    short: 'stop by',
    options: { loss: 'Validation loss', balanced_accuracy: 'Balanced accuracy' },
  },
  'fine_tuning.blocks': { label: 'Blocks from the top', short: 'blocks' },
  'fine_tuning.epochs': { label: 'Epochs, at most', short: 'fine-tuning epochs' },
  'fine_tuning.batch_size': { label: 'Batch size', short: 'fine-tuning batch', unit: 'images' },
  'fine_tuning.learning_rate': { label: 'Learning rate', short: 'fine-tuning rate' },
  'fine_tuning.layer_decay': { label: 'Rate of each lower block', short: 'layer decay' },
  'fine_tuning.unfreeze_every': { label: 'Next block joins every', short: 'unfreeze every', unit: 'epochs' },
  'fine_tuning.warm_start': { label: 'Warm start' },
  'fine_tuning.mixup': { label: 'Mixup alpha', short: 'mixup' },
  'augmentation.shift': { label: 'Shift' },
  'augmentation.rotation': { label: 'Rotation', unit: 'degrees' },
  'augmentation.scale': { label: 'Change of size', short: 'scale' },
  'augmentation.window': { label: 'Window jitter' },
  'augmentation.noise': { label: 'Noise', unit: 'grey levels' },
  'augmentation.cut_out': { label: 'Cut-out' },
  'augmentation.flip': { label: 'Mirror left and right', short: 'flip' },
  'answering.by': {
    label: 'Threshold between answer and review',
    short: 'answer by',
    options: { probability: 'Probability', coverage: 'Coverage', accuracy: 'Accuracy' },
  },
  'answering.target': { label: 'Target' },
  'answering.conformal_error': { label: 'Error of the conformal sets', short: 'conformal error' },
  'answering.gate_refusals': { label: 'Refusals of the gate', short: 'gate refusals' },
  'validation.folds': { label: 'Folds of a validation', short: 'validation folds' },
  'validation.repeats': { label: 'Repeats of a validation', short: 'repeats' },
  'evaluation.resamples': { label: 'Bootstrap resamples', short: 'resamples' },
  'evaluation.scan_vote': {
    label: 'Vote of the slices',
    short: 'vote',
    options: { mean: 'Mean probability', majority: 'Majority' },
  },
  'evaluation.review_below': { label: 'Review below probability', short: 'review below' },
};

export function labelOf(path: string): string {
  const label = words[path]?.label ?? lastWords(path);
  return label.charAt(0).toUpperCase() + label.slice(1);
}

export function unitOf(path: string): string | undefined {
  return words[path]?.unit;
}

export function optionLabel(path: string, option: string): string {
  return words[path]?.options?.[option] ?? option;
}

/** `learning rate`, for the name of a run. */
export function shortName(path: string): string {
  return words[path]?.short ?? lastWords(path);
}

function lastWords(path: string): string {
  return (path.split('.').at(-1) ?? path).replaceAll('_', ' ');
}
