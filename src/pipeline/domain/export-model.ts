import { z } from 'zod';

/** What other programs read; `sealed` is the model as it is, for another Hilum. */
export const exportFormats = ['sealed', 'tfjs', 'onnx', 'keras'] as const;
export type ExportFormat = (typeof exportFormats)[number];

/** Formats that carry the network alone, beside files that say how to use it. */
export type NetworkFormat = Exclude<ExportFormat, 'sealed'>;

interface FormatWords {
  readonly title: string;
  /** Who reads it, in one sentence. */
  readonly sentence: string;
}

export const exportWords: Record<ExportFormat, FormatWords> = {
  sealed: {
    title: 'Sealed model',
    sentence:
      'The model as it is, for another Hilum: seal, card, calibration, gate and its signature where it has one.',
  },
  tfjs: {
    title: 'TensorFlow.js',
    sentence: 'model.json and weights.bin (float32), which plain @tensorflow/tfjs loads as a layers-model.',
  },
  onnx: {
    title: 'ONNX',
    sentence: 'One file (opset 17, float32, channels last) for ONNX Runtime in Python, C++, C# or a browser.',
  },
  keras: {
    title: 'Keras .h5',
    sentence: 'One HDF5 file that Keras 3 opens with load_model, without code of ours.',
  },
};

/** What goes along with the network in every format but `sealed`. */
export const companionWords =
  'README, model card, licence of the weights, the preprocessing contract with a Python script that applies it, and synthetic golden inputs with a script that checks the answers. A fitted temperature is inside the network; review threshold and gate stay behind.';

export const exportModelInputSchema = z.object({
  /** Folder of a sealed model. */
  model: z.string(),
  format: z.enum(exportFormats),
  /** Folder to make. */
  out: z.string(),
  /** An export that is there already is replaced; anything else is never touched. */
  replace: z.boolean(),
  codeVersion: z.string(),
});
export type ExportModelInput = z.infer<typeof exportModelInputSchema>;

export const exportReportSchema = z.object({
  seal: z.string(),
  title: z.string(),
  format: z.enum(exportFormats),
  /** Names below the folder, with their sizes. */
  files: z.array(z.object({ name: z.string(), bytes: z.int() })),
  /** Golden inputs that were asked again. */
  golden: z.int(),
  /** Largest difference of a golden answer between the written file and the seal, as far as a runtime is here. */
  largestDifference: z.number(),
  /** What was done to check the file, for people. */
  checked: z.string(),
});
export type ExportReport = z.infer<typeof exportReportSchema>;
