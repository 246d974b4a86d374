import type { ErrorCode } from '../../domain/error-table.ts';
import { mentions, type Sniffed, startsWith } from './sniff.ts';

interface RefusedKind {
  readonly code: ErrorCode;
  /** Completes the error's sentence where the code covers several formats. */
  readonly what?: string;
  matches(found: Sniffed): boolean;
}

const isZip = (found: Sniffed): boolean => startsWith(found, [0x50, 0x4b, 0x03, 0x04]);
const has = (found: Sniffed, ...names: readonly string[]): boolean =>
  names.some((name) => found.entries?.has(name) === true);

/** Known formats that are never read, in the order in which they are told apart. Content decides, names do not. */
export const refusedKinds: readonly RefusedKind[] = [
  { code: 'network/saved-model', matches: (found) => has(found, 'saved_model.pb', 'saved_model.pbtxt') },
  { code: 'network/keras-zip', matches: (found) => has(found, 'model.weights.h5') && has(found, 'config.json') },
  {
    code: 'network/pickle',
    what: 'a PyTorch file (a zip with a pickle inside)',
    matches: (found) => isZip(found) && (mentions(found, 'data.pkl') || mentions(found, 'constants.pkl')),
  },
  {
    code: 'network/keras-zip',
    matches: (found) => isZip(found) && mentions(found, 'config.json') && mentions(found, '.weights.h5'),
  },
  { code: 'network/saved-model', matches: (found) => isZip(found) && mentions(found, 'saved_model.pb') },
  { code: 'network/archive', matches: (found) => isZip(found) || startsWith(found, [0x1f, 0x8b]) },
  {
    code: 'network/pickle',
    what: 'a pickle (.pkl, .joblib or an old PyTorch file)',
    matches: ({ head }) => head[0] === 0x80 && (head[1] ?? 0) >= 2 && (head[1] ?? 0) <= 5,
  },
  {
    code: 'network/pickle',
    what: 'a compressed joblib file',
    matches: (found) => startsWith(found, [0x78, 0x9c]) || startsWith(found, [0x42, 0x5a, 0x68]),
  },
  { code: 'network/tflite', matches: (found) => startsWith(found, [0x54, 0x46, 0x4c, 0x33], 4) },
  // Both are protocol buffers: version 1 and a message is a SavedModel, a higher version and text is ONNX.
  { code: 'network/saved-model', matches: (found) => startsWith(found, [0x08, 0x01, 0x12]) },
  {
    code: 'network/onnx-file',
    matches: ({ head }) =>
      head[0] === 0x08 && (head[1] ?? 0) >= 3 && (head[1] ?? 0) < 0x20 && (head[2] === 0x12 || head[2] === 0x3a),
  },
];
