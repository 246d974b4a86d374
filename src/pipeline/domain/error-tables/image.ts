import { type Entry, entry, nearest } from './entry.ts';

/** Files that cannot become pixels or answers. Codes of unreadable files begin with `image/`. */
export const imageErrors = {
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
} as const satisfies Record<string, Entry>;
