import type { Contract } from '../../domain/contract.ts';
import type { WeightedNetwork } from '../../domain/network.ts';
import type { ModelCard } from '../../domain/sealed-model.ts';

/** What an export says of the model it was made of. */
export interface ExportFacts {
  /** Root hash of the model's seal. */
  readonly seal: string;
  readonly card: ModelCard;
  readonly contract: Contract;
  /** A temperature was fitted to held-out images, and is part of the last layer. */
  readonly isCalibrated: boolean;
  readonly codeVersion: string;
}

/** How the network is written for another program. */
export interface NetworkExporter {
  /** What check file goes along, by its name in the export. */
  readonly check: { readonly name: string; readonly text: string };
  /** How to load it, for README.txt: commands and code. */
  readonly howTo: readonly string[];
  /** Files of a user's own that the network itself becomes, for README.txt. */
  readonly files: readonly string[];
  /** @throws HilumError `export/too-large` before anything is written */
  write(folder: string, network: WeightedNetwork, facts: ExportFacts): Promise<void>;
  /**
   * Reads back what was written and compares it bit by bit.
   * @returns the network of the file as ONNX (input [N, size, size, 3]), to be asked the golden questions
   * @throws HilumError `export/differs`
   */
  readBack(folder: string, network: WeightedNetwork): Promise<Uint8Array>;
  /** What `readBack` and the golden questions show, for people. */
  readonly checked: string;
}
