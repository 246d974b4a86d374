import type { ErrorKind, Facts } from './error-kinds.ts';

interface Entry {
  readonly kind: ErrorKind;
  /** One sentence for CLI and screen: what was expected, what was found, what to do. */
  readonly sentence: (facts: Facts) => string;
}

const entry = (kind: ErrorKind, sentence: (facts: Facts) => string): Entry => ({ kind, sentence });

const place = (f: Facts): string =>
  [f.file, f.line === undefined ? undefined : `line ${f.line}`].filter((part) => part !== undefined).join(', ');

/** Where in a configuration file the cause stands, when that is known. */
const cause = (f: Facts): string => (f.line === undefined ? '' : `${place(f)}: ${f.key}: `);

const nearest = (f: Facts): string => (f.nearest === undefined ? '' : ` Did you mean "${f.nearest}"?`);

/** Every error of the product. Codes of unreadable files begin with `image/`. */
export const errorTable = {
  'image/empty': entry('input', () => 'The file has no bytes. Copy it again from its source.'),
  'image/unknown-format': entry(
    'input',
    () => 'The content is none of PNG, JPEG, TIFF, DICOM or NIfTI. The file was left out.',
  ),
  'image/disguised': entry(
    'input',
    (f) => `The name says ${f.expected}, the content is ${f.actual}. Rename the file if it really belongs here.`,
  ),
  'image/truncated': entry('input', (f) =>
    f.expectedBytes === undefined
      ? 'The file ends before its pixels do. Copy it again from its source.'
      : `Expected ${f.expectedBytes} bytes of pixels, found ${f.actualBytes}. Copy the file again from its source.`,
  ),
  'image/corrupt': entry(
    'input',
    (f) => `The ${f.format ?? 'image'} data cannot be decoded${f.what ? `: ${f.what}` : ''}.`,
  ),
  'image/no-pixels': entry('input', () => 'The DICOM object holds no image (report, plan, structure set or index).'),
  'image/unsupported-syntax': entry(
    'input',
    (f) => `Transfer syntax ${f.syntax} is not supported. Convert the file first.`,
  ),
  'image/unsupported-pixels': entry('input', (f) => `Pixels of this kind are not supported: ${f.what}.`),
  'image/too-large': entry('input', (f) => `The image asks for ${f.actual} ${f.unit}; the limit is ${f.limit}.`),
  'image/too-large-inflated': entry(
    'input',
    (f) => `The compressed data grows past ${f.limit} bytes. It was not opened.`,
  ),
  'image/bad-header': entry('input', (f) => `The header is not usable: ${f.what}.`),
  'image/not-axial': entry('input', (f) => `No axial slices can be made of this volume: ${f.what}.`),
  'image/unreadable': entry('input', (f) => `The file cannot be read (${f.errno}). Check rights and the disk.`),
  'image/missing': entry('input', () => 'The file was there when the list was made and is gone now.'),
  'image/unstable': entry('input', () => 'The file changed while it was read. Run again when the copy is finished.'),
  'image/not-a-file': entry('input', (f) => `This is a ${f.what}, not a regular file. It was not opened.`),
  'image/crashed': entry('input', (f) => `The decoder crashed ${f.deaths} times on this file. It was left out.`),
  'image/bad-name': entry('input', (f) => `The name of the file cannot be used: ${f.what}. Rename it.`),
  'image/no-class': entry(
    'input',
    () => 'No class is known for this file: neither its folder nor the label table names one.',
  ),
  'image/unknown-class': entry(
    'input',
    (f) => `Class "${f.class}" is not among the classes of config.yaml.${nearest(f)}`,
  ),
  'image/domain-mismatch': entry(
    'input',
    (f) => `The model was trained on ${f.expected} images, this one is ${f.actual}. It cannot be converted honestly.`,
  ),
  'image/domain-converted': entry(
    'input',
    (f) => `Hounsfield values were windowed to grey for a model trained on ${f.expected} images: look at it yourself.`,
  ),
  'image/out-of-distribution': entry(
    'input',
    (f) =>
      `It looks unlike the images that the model learned from (distance ${f.distance}, limit ${f.limit}). No class was given.`,
  ),
  'image/unsure': entry('input', (f) =>
    f.classes === ''
      ? 'No class is probable enough to be the answer: look at it yourself.'
      : `More than one class cannot be excluded (${f.classes}): look at it yourself.`,
  ),
  'image/low-probability': entry(
    'input',
    (f) => `Its probability ${f.probability} is below the model's threshold ${f.threshold}: look at it yourself.`,
  ),
  'image/invalid-output': entry(
    'input',
    () => 'The network answered with numbers that are not finite. No class was given.',
  ),

  'source/missing': entry(
    'configuration',
    (f) => `There is nothing at ${f.source}. Give a folder, a zip file or an https address.`,
  ),
  'source/empty': entry('configuration', (f) => `${f.source} holds no files.`),
  'source/url-scheme': entry('configuration', () => 'Only https addresses are fetched (http on loopback, for tests).'),
  'source/hash-required': entry(
    'configuration',
    () => 'A download needs its sha256: add `sha256:` to config.yaml or --sha256.',
  ),
  'source/hash-mismatch': entry(
    'check',
    (f) => `Expected sha256 ${f.expected}, got ${f.actual}. Nothing was kept; check the address and the hash.`,
  ),
  'source/download-failed': entry(
    'environment',
    (f) => `The download stopped: ${f.what}. Run again, it goes on where it stopped.`,
  ),
  'source/unknown-kind': entry(
    'configuration',
    (f) => `${f.source} is neither a folder nor a zip archive. Give a folder, a zip file or an https address.`,
  ),
  'source/unreadable': entry(
    'environment',
    (f) => `${f.source} cannot be read (${f.errno}). Check rights and the disk.`,
  ),
  'source/redirect': entry(
    'configuration',
    () => 'The address leads to another host. Check where it leads and give that address.',
  ),
  'source/packed': entry(
    'configuration',
    () =>
      'This dataset was read from an archive or an address, whose images cannot be shown one by one. Unpack it into a folder and read that.',
  ),
  'source/bad-archive': entry('configuration', (f) => `The archive was refused: ${f.what}. Nothing was unpacked.`),

  'config/missing': entry('configuration', (f) => `${f.file} is missing. Make a workspace with \`hilum init\`.`),
  'config/syntax': entry('configuration', (f) => `${place(f)}: not valid YAML: ${f.what}.`),
  'config/unknown-key': entry('configuration', (f) => `${place(f)}: unknown key "${f.key}".${nearest(f)}`),
  'config/bad-value': entry('configuration', (f) => `${place(f)}: ${f.key}: ${f.what}.${nearest(f)}`),
  'config/not-writable': entry(
    'environment',
    (f) => `${f.path} cannot be written (${f.errno}). Choose another folder or mend the rights.`,
  ),
  'config/exists': entry('configuration', (f) => `${f.path} already holds a workspace. Choose another folder.`),
  'config/has-source': entry(
    'configuration',
    () => 'This workspace has a source or a dataset already. Make a new workspace for the synthetic one.',
  ),

  'table/bad-header': entry('configuration', (f) => `${place(f)}: column "${f.key}" is missing.${nearest(f)}`),
  'table/bad-row': entry('configuration', (f) => `${place(f)}: ${f.what}.`),

  'dataset/missing': entry('configuration', (f) => `${f.file} is missing. Run \`hilum ${f.command}\` first.`),
  'dataset/empty-class': entry(
    'configuration',
    (f) => `${cause(f)}Class "${f.class}" of config.yaml has no accepted image.${nearest(f)}`,
  ),
  'dataset/one-class': entry('configuration', () => 'All images are of one class. A classifier needs at least two.'),
  'dataset/mixed-domains': entry(
    'configuration',
    (f) =>
      `${cause(f)}The dataset mixes Hounsfield and display images. Set \`image.domains: [display, hounsfield]\` if that is meant.`,
  ),
  'dataset/unknown-domain': entry(
    'configuration',
    (f) => `${cause(f)}The dataset holds ${f.domain} images, params.yaml allows ${f.allowed}.`,
  ),
  'dataset/all-refused': entry(
    'configuration',
    (f) => `None of ${f.found} files was accepted. See refused.csv for the reasons.`,
  ),

  'split/single-group': entry(
    'configuration',
    (f) =>
      `Class "${f.class}" has ${f.groups} patient group(s); ${f.needed} are needed to ${f.purpose}. Add scans of other patients.`,
  ),
  'split/bad-rows': entry(
    'configuration',
    (f) => `split.csv does not fit the manifest: ${f.what}. Run \`hilum split\` again.`,
  ),
  'split/leak': entry(
    'check',
    (f) => `${f.groups} patient group(s) and ${f.images} near-duplicate image(s) stand on both sides of the split.`,
  ),
  'split/leak-refused': entry(
    'check',
    () =>
      'The split leaks: training on it would measure memory, not skill. Use --allow-leak to do it all the same; the run stays stamped.',
  ),

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

  'training/engine-missing': entry(
    'environment',
    () => 'TensorFlow is not prepared. Run `npm run setup`, then `hilum doctor`.',
  ),
  'training/engine-taken': entry(
    'bug',
    (f) =>
      `TensorFlow is set up for ${f.loaded} in this process, and ${f.wanted} needs it set up anew. Do it in a process of its own.`,
  ),
  'training/diverged': entry(
    'check',
    (f) => `Loss became ${f.loss} in epoch ${f.epoch}. Lower training.learning_rate.`,
  ),
  'training/too-large': entry('environment', (f) =>
    [
      `This run needs about ${f.neededMb} MB of memory, ${f.availableMb} MB are free.`,
      f.batch === undefined
        ? 'Train fewer blocks or the head alone, or lower image.size.'
        : `With fine_tuning.batch_size ${f.batch} it fits.`,
    ].join(' '),
  ),
  'training/no-checkpoint': entry('configuration', () => 'There is no unfinished run to resume.'),
  'training/changed': entry(
    'configuration',
    (f) => `${f.what} changed since the run was interrupted. Train anew without --resume.`,
  ),
  'sweep/too-many': entry(
    'configuration',
    (f) => `The values make ${f.candidates} combinations; the limit is ${f.limit}. Search fewer, or draw some of them.`,
  ),
  'sweep/no-validation': entry(
    'configuration',
    () =>
      'The split keeps no validation part, so candidates cannot be compared. Set split.validation above 0, or cross-validate.',
  ),
  'sweep/changed': entry(
    'configuration',
    (f) => `${f.what} changed since the sweep began: its candidates could not be compared. Start a new sweep.`,
  ),
  'sweep/no-winner': entry('check', () => 'No candidate of this sweep could be measured: there is nothing to apply.'),
  'evaluation/overlap': entry(
    'check',
    (f) => `${f.groups} group(s) were trained on and are in the held-out part. Refused.`,
  ),
  'evaluation/empty-part': entry('configuration', (f) => `The ${f.part} part holds no images.`),

  'worker/died': entry(
    'bug',
    (f) => `The worker process ended (${f.reason}). Run the command again; it goes on where it stopped.`,
  ),
  'worker/not-ready': entry(
    'environment',
    (f) => `The worker process did not start (${f.reason}). Run \`hilum doctor\`.`,
  ),
  'worker/too-large': entry('environment', (f) => `The worker needs more memory than ${f.limitMb} MB.`),

  'workspace/missing': entry('configuration', (f) => `${f.path} is no workspace. Make one with \`hilum init\`.`),
  'workspace/not-empty': entry(
    'configuration',
    () => 'The folder holds other files than images. Choose an empty folder, or one of images.',
  ),
  'workspace/busy': entry('busy', () => 'Another Hilum process is writing in this workspace. Wait for it or stop it.'),
  'workspace/unsafe-disk': entry(
    'environment',
    (f) => `The records cannot live on a ${f.kind} file system. Use a local disk.`,
  ),
  'records/newer': entry(
    'environment',
    (f) => `The records were written by a newer version (schema ${f.found}, this program knows ${f.known}).`,
  ),
  'records/corrupt': entry('environment', (f) =>
    f.moved === undefined
      ? `The records cannot be read (${f.what}). Run \`hilum doctor\`; nothing was deleted.`
      : `The records cannot be read (${f.what}). They were moved to ${f.moved}; nothing was deleted. ${
          f.restored ? 'The newest good backup is in their place' : 'The next command starts new ones'
        }: run it again.`,
  ),
  'records/old-engine': entry(
    'environment',
    (f) => `SQLite ${f.found} has a known fault; ${f.needed} or newer is needed.`,
  ),
  'disk/full': entry(
    'environment',
    () => 'The disk is full. Free some space and run again; it goes on where it stopped.',
  ),
  'disk/failed': entry(
    'environment',
    (f) => `The disk refused to write (${f.errno}). Nothing was reported as done that is not.`,
  ),

  'batch/unknown': entry('configuration', (f) => `There is no batch ${f.batch} to resume.`),
  'batch/changed': entry(
    'configuration',
    (f) => `${f.what} is not the one this batch was started with. Start a new batch.`,
  ),
  'batch/source-lost': entry(
    'environment',
    (f) => `${f.count} files in a row could not be read: is the drive still connected? Run again with --resume.`,
  ),
  'batch/bad-shard': entry('configuration', () => 'A shard is written as i/n with 1 <= i <= n, for example 2/4.'),
  'run/unknown': entry('configuration', (f) => `There is no run "${f.run}".${nearest(f)}`),
  'duel/different-data': entry(
    'check',
    () =>
      'The two were measured on different datasets or label versions: a difference would say nothing. Train both on the labels as they are now, or compare the models on one folder with --on.',
  ),
  'duel/different-labels': entry(
    'check',
    (f) => `${f.images} image(s) have another label in the second than in the first. Evaluate both on the same labels.`,
  ),
  'duel/different-classes': entry('check', () => 'The two do not know the same classes. They cannot be compared.'),
  'duel/nothing-shared': entry(
    'check',
    () => 'The two were not asked about any image in common. Compare the models on one folder with --on.',
  ),
  'duel/itself': entry('configuration', () => 'Both sides are the same. Name two different runs or models.'),
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
  'finding/unknown': entry('configuration', (f) => `There is no recorded examination "${f.finding}".`),
  'access/outside': entry(
    'configuration',
    () => 'This folder is not among those that may be read here. Choose it again, or ask whoever started the server.',
  ),
  'access/refused': entry(
    'check',
    () => 'The page has no right to ask this. Open the address that the program printed.',
  ),
  'call/unknown': entry('bug', () => 'The page asked for something that this version does not know. Load it again.'),
  'call/bad-input': entry('configuration', (f) => `The question is not understood (${f.what}).`),
  'call/too-large': entry(
    'configuration',
    (f) => `The question is larger than ${f.limit} bytes. Choose fewer things at once.`,
  ),
  'call/lost': entry(
    'environment',
    () => 'The program does not answer. If it was closed, start it again and load this page.',
  ),
  'serve/no-page': entry('environment', () => 'The page is not built. Run `npm run build`, then try again.'),
  'serve/port-taken': entry(
    'environment',
    (f) =>
      `Port ${f.port} of ${f.host} is taken by another program. Give another --port, or none for any that is free.`,
  ),
  'serve/cannot-listen': entry(
    'environment',
    (f) => `The server cannot listen on ${f.host}, port ${f.port} (${f.errno}). Give another --host or --port.`,
  ),
  'upload/unknown': entry('configuration', () => 'This upload is not known (any more). Send the files again.'),
  'upload/bad-name': entry('configuration', (f) => `A file of the upload cannot be stored: ${f.what}.`),
  'upload/too-large': entry(
    'configuration',
    (f) => `The upload is larger than ${f.limit} ${f.unit}. Send it in parts.`,
  ),
  'workspace/jobs-running': entry(
    'busy',
    () => 'Work is queued or running here. Wait for it or cancel it, then try again.',
  ),
  'config/changed': entry(
    'busy',
    (f) => `${f.file} was changed meanwhile by somebody else. Look at the new values, then save again.`,
  ),
  'run/changed': entry(
    'busy',
    () => 'The notes of this run were changed meanwhile by somebody else. Look at them, then save again.',
  ),
  'run/running': entry('busy', () => 'The run is still running. Cancel it or wait for its end first.'),
  'run/gone': entry('configuration', () => 'It is too late to take this back: the runs and their files are gone.'),
  'run/no-predictions': entry('configuration', () => 'This run kept no predictions: it was not evaluated.'),
  'review/bad-class': entry('configuration', (f) => `"${f.class}" is none of the classes here.${nearest(f)}`),
  'review/no-image': entry('configuration', () => 'This image is not in the batch (any more).'),
  'job/unknown': entry('configuration', () => 'This job is not in the list (any more).'),
  'machine/busy': entry('busy', () => 'A job is queued or running. Try again when it has ended.'),
  'model/unknown': entry('configuration', () => 'This model is not in the list (any more).'),
  'model/no-curve': entry(
    'configuration',
    () =>
      'This model was sealed without held-out figures: no threshold can be chosen from them. Give one with --review-below.',
  ),
  'model/in-use': entry('configuration', () => 'The model that comes with the program cannot be removed.'),

  'usage/bad-option': entry('configuration', (f) => `${f.what}.`),
  'cancelled/by-user': entry('cancelled', () => 'Cancelled. What was finished is kept.'),
  'bug/unexpected': entry(
    'bug',
    (f) => `This is a fault of the program (${f.name}). Please report it with \`hilum doctor\`'s output.`,
  ),
} as const satisfies Record<string, Entry>;

export type ErrorCode = keyof typeof errorTable;
