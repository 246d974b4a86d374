import type { FileFormat, OpenedImage } from '../domain/image.ts';

/** Pictures carry grey levels of a screen; medical files carry geometry and, for CT, Hounsfield units. */
export type Family = 'picture' | 'medical';

/** One kind of file: how its content is recognised, which extensions promise it, how it is opened. */
export interface ImageFormat {
  readonly format: FileFormat;
  readonly family: Family;
  /** Lower case, with the dot. */
  readonly extensions: readonly string[];
  /** Content only: the name of a file proves nothing. */
  matches(bytes: Uint8Array): boolean;
  /** @throws HilumError with an `image/` code */
  open(bytes: Uint8Array): Promise<OpenedImage>;
}
