import { type Entry, entry } from './entry.ts';

/** Networks from elsewhere, and ours for other programs. */
export const exchangeErrors = {
  'export/exists': entry(
    'configuration',
    (f) => `${f.path} exists already. Choose another place, or replace it with --force.`,
  ),
  'export/not-ours': entry(
    'configuration',
    (f) => `${f.path} is no export of Hilum: it is not replaced, with --force neither. Choose another place.`,
  ),
  'export/inside-model': entry(
    'configuration',
    () => 'This place is the model itself, inside it or around it. Choose another one.',
  ),
  'export/differs': entry(
    'check',
    (f) => `The exported file is not what it should be: ${f.what}. Nothing was kept; try again, then another disk.`,
  ),
  'export/too-large': entry(
    'configuration',
    (f) =>
      `"${f.name}" alone has ${f.bytes} bytes; an .h5 file is written with at most ${f.limit} a tensor. Export it as ONNX or TensorFlow.js.`,
  ),
} as const satisfies Record<string, Entry>;
