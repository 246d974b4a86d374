/** One array of weights in a foreign file: described first, read only when everything is known to fit. */
export interface ForeignWeight {
  /** Names from the outside in, the kind of weight last: `sequential_1/conv2d_2/kernel`. */
  readonly path: readonly string[];
  /** Layer of the whole model that it is filed under, where the format files weights by layer. */
  readonly group: string | undefined;
  readonly shape: readonly number[];
  /** Why it cannot be a weight here; undefined for 32-bit floats and what becomes such exactly. */
  readonly problem: string | undefined;
  read(): Float32Array;
}

/** A network as its own program wrote it: configuration as JSON, and weights that the file was checked to hold. */
export interface ForeignModel {
  /** `{class_name, config}` of the whole model. */
  readonly config: unknown;
  readonly weights: readonly ForeignWeight[];
  /** Frees what was opened. */
  close(): void;
}

/** Formats that can be imported. */
export const importedKinds = ['keras-h5', 'tfjs-layers', 'sealed'] as const;
export type ImportedKind = (typeof importedKinds)[number];
