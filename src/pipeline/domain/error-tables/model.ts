import { cause, type Entry, entry, nearest } from './entry.ts';

/** Networks, sealed models and what explains them. */
export const modelErrors = {
  'network/unknown-backbone': entry(
    'configuration',
    (f) => `${cause(f)}Backbone "${f.name}" is not known.${nearest(f)}`,
  ),
  'network/weights-missing': entry(
    'configuration',
    (f) =>
      `${cause(f)}Backbone ${f.name} needs weights of yours: set \`backbone.weights\` to a tfjs layers-model folder.`,
  ),
  'network/bad-weights': entry('configuration', (f) => `The weights do not fit ${f.name}: ${f.what}.`),
  'network/too-large': entry(
    'configuration',
    (f) => `The network asks for ${f.actual} ${f.unit}; the limit is ${f.limit}.`,
  ),
  'network/bad-graph': entry('configuration', (f) => `The network cannot be used: ${f.what}.`),
  'network/unsupported-layer': entry('configuration', (f) => `Layer kind "${f.layer}" is not on the allow-list.`),
  'network/unknown-tap': entry(
    'configuration',
    (f) => `${cause(f)}"${f.name}" is no feature level of ${f.backbone}.${nearest(f)}`,
  ),
  'model/missing': entry('configuration', (f) => `No sealed model at ${f.model}. Train one, or use the demo model.`),
  'model/not-sealed': entry('check', (f) => `The folder is no sealed model: ${f.file} is missing.`),
  'model/seal-broken': entry('check', (f) => `${f.file} was changed after the model was sealed. It will not be used.`),
  'model/surplus-file': entry('check', (f) => `${f.file} does not belong to the sealed model. It will not be used.`),
  'model/self-test-failed': entry(
    'check',
    (f) =>
      `The golden self-test failed: golden input ${f.index} differs by ${f.difference} (allowed 1e-4). The model will not be used.`,
  ),
  'model/not-finite': entry('check', (f) => `${f.what} holds values that are not finite. The model will not be used.`),
  'model/newer': entry(
    'configuration',
    (f) => `The model was written by a newer version (${f.version}). Update this program.`,
  ),
  'explain/not-trusted': entry(
    'check',
    (f) => `The heat maps of this model failed their trust test, so none is shown: ${f.what}.`,
  ),
  'explain/no-cases': entry(
    'configuration',
    () =>
      'None of the images that this model learned from is in the dataset any more: there is nothing to compare with.',
  ),
  'explain/elsewhere': entry(
    'configuration',
    () =>
      "Nearest training cases exist only in the workspace that trained the model: patients' pictures, and numbers made of them, do not travel inside a model.",
  ),
  'explain/features-missing': entry(
    'configuration',
    (f) =>
      `${f.images} training images have to be read once for this model. Run \`hilum explain IMAGE --neighbours\` in the workspace, then ask again.`,
  ),
  'model/unknown': entry('configuration', () => 'This model is not in the list (any more).'),
  'model/no-curve': entry(
    'configuration',
    () =>
      'This model was sealed without held-out figures: no threshold can be chosen from them. Give one with --review-below.',
  ),
  'model/in-use': entry('configuration', () => 'The model that comes with the program cannot be removed.'),
} as const satisfies Record<string, Entry>;
