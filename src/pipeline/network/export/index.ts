import type { NetworkFormat } from '../../domain/export-model.ts';
import goldenScript from './files/golden.py?raw';
import preprocessScript from './files/preprocess.py?raw';
import type { NetworkExporter } from './format.ts';
import { kerasExporter } from './keras.ts';
import { onnxExporter } from './onnx.ts';
import { tfjsExporter } from './tfjs.ts';

export type { ExportFacts, NetworkExporter } from './format.ts';
export { toNpy } from './npy.ts';
export { exportNotice, exportReadme } from './texts.ts';

/** What other programs read, a file a format. */
export const networkExporters: Record<NetworkFormat, NetworkExporter> = {
  tfjs: tfjsExporter,
  onnx: onnxExporter,
  keras: kerasExporter,
};

/** Python that goes along with every format: our own code, numpy and Pillow only. */
export const pythonFiles = { 'preprocess.py': preprocessScript, 'golden.py': goldenScript } as const;
