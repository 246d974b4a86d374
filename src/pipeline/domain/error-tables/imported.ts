import { type Entry, entry } from './entry.ts';

const hdf5 = 'In Keras: model.save("model.h5"), then import that file';
const layersModel = 'In Python: tensorflowjs_converter --input_format keras model.h5 FOLDER, or import the .h5 itself';

/** Networks from elsewhere: what is recognised and refused, with what to do. */
export const importedErrors = {
  'network/not-recognised': entry(
    'configuration',
    () =>
      'This is no network that can be imported. Taken are: a Keras .h5 file of a whole model, a tfjs layers-model (model.json with its weights), a sealed model.',
  ),
  'network/graph-model': entry(
    'configuration',
    () => `This is a tfjs graph model: a program of operations, not layers. ${layersModel}.`,
  ),
  'network/saved-model': entry(
    'configuration',
    () => `This is a TensorFlow SavedModel: a program, which is never run here. ${hdf5}.`,
  ),
  'network/keras-zip': entry(
    'configuration',
    () => `This is a .keras archive, which may hold code and is never opened. ${hdf5}.`,
  ),
  'network/pickle': entry(
    'configuration',
    (f) =>
      `This is ${f.what}: loading it would run code from the file. ${hdf5}; a PyTorch network has to be rebuilt in Keras.`,
  ),
  'network/tflite': entry(
    'configuration',
    () => `This is a TFLite file, which keeps no layers. ${hdf5} from the model it was made of.`,
  ),
  'network/onnx-file': entry('configuration', () => `ONNX files cannot be imported yet. ${hdf5}.`),
  'network/archive': entry('configuration', () => 'This is an archive. Unpack it, then name the network inside it.'),
  'network/weights-only': entry(
    'configuration',
    (f) =>
      `${f.file} holds weights without their layers. Save the whole model: model.save("model.h5"), not save_weights.`,
  ),
  'network/bad-file': entry('configuration', (f) => `${f.file} cannot be read: ${f.what}.`),
  'network/many-inputs': entry(
    'configuration',
    (f) => `The network has ${f.actual} ${f.what}; one picture in and one answer out can be used.`,
  ),
  'network/shared-layer': entry(
    'configuration',
    (f) => `Layer "${f.layer}" is used ${f.times} times. Networks that share layers cannot be imported.`,
  ),
  'network/layer-setting': entry('configuration', (f) => `Layer "${f.layer}" (${f.kind}) cannot be used: ${f.what}.`),
  'network/input-size': entry('configuration', (f) => `The network cannot be used: ${f.what}.`),
  'network/not-classifier': entry(
    'configuration',
    (f) => `The network is no classifier of pictures: ${f.what}. Import it with --as backbone, and train a head on it.`,
  ),
  'network/no-map': entry(
    'configuration',
    () => 'The network has no feature map that could be averaged: it is no backbone.',
  ),
  'network/is-sealed': entry(
    'configuration',
    () => 'This is a sealed model already: it is imported as it is, with its own contract and card.',
  ),
  'network/not-imported': entry(
    'configuration',
    () =>
      'Backbone "imported" needs `backbone.weights`: the folder that `hilum models import --as backbone` made, for example backbones/mine.',
  ),
  'network/fixed-size': entry(
    'configuration',
    (f) =>
      `Backbone "${f.title}" takes ${f.size} x ${f.size} pixels only: set \`image.size: ${f.size}\` instead of ${f.wanted}.`,
  ),
  'network/name-taken': entry(
    'configuration',
    (f) => `There is a backbone "${f.name}" already. Choose another name, or take its folder away.`,
  ),
  'network/class-count': entry(
    'configuration',
    (f) => `The network answers with ${f.actual} classes, ${f.given} were named.`,
  ),
  'network/not-trainable': entry(
    'configuration',
    (f) =>
      `Layer "${f.node}" (${f.layer}) cannot be trained through here. Train the head alone: \`training.preset: head\`.`,
  ),
  'contract/incomplete': entry(
    'configuration',
    (f) =>
      `How a picture becomes the network's numbers is not stated: ${f.what}. State it, or give pictures with reference predictions to find it.`,
  ),
  'contract/not-found': entry(
    'check',
    (f) =>
      `No way of reading the pictures repeats the reference predictions within ${f.tolerance}: the best one differs by ${f.best}. Nothing was imported.`,
  ),
  'contract/no-pictures': entry(
    'configuration',
    (f) => `None of the ${f.rows} rows of the reference predictions names a picture that is there.`,
  ),
  'contract/coloured': entry(
    'configuration',
    (f) =>
      `${f.count} of ${f.of} reference pictures have colours. Pictures become grey here before a network sees them, so what it was shown cannot be repeated.`,
  ),
} as const satisfies Record<string, Entry>;
