import type { Contract } from '../../domain/contract.ts';
import type { ManifestRow } from '../../domain/dataset.ts';
import type { DecodedImage } from '../../domain/image.ts';
import type { ShortcutName } from '../../domain/shortcuts.ts';

/** One image with everything that a control may look at. */
export interface Seen {
  readonly row: ManifestRow;
  readonly image: DecodedImage;
  /** Size of its file. */
  readonly bytes: number;
  readonly contract: Contract;
  /** The backbone's features of a picture. */
  featuresOf(image: DecodedImage): Promise<Float32Array>;
}

/** Something of an image that must not tell its class. */
export interface Control {
  readonly name: ShortcutName;
  readonly title: string;
  /** What it looks at, for people. */
  readonly sees: string;
  /** Begins the sentence of a suspicion. */
  readonly tells: string;
  /** What to suspect when it does tell. */
  readonly suspicion: string;
  /** Numbers of one image, as many for every image; of words one each, told apart over the whole dataset. */
  look(seen: Seen): Promise<Look> | Look;
  /** Its classifier is the study's own head instead of a small one. */
  readonly asTheModel: boolean;
}

export interface Look {
  readonly numbers: Float32Array | readonly number[];
  readonly words?: readonly string[];
}
