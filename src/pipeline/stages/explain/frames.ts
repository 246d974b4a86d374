import { HilumError } from '../../domain/errors.ts';
import { type DecodedImage, imageName, type OpenedImage } from '../../domain/image.ts';
import { openForView } from '../view/opened-file.ts';

interface FileToOpen {
  readonly path: string;
  readonly file: string;
  /** 0-based; null: every frame. */
  readonly frame: number | null;
}

/** One frame of a file, or why it cannot be read. */
export type OpenedFrame =
  | { readonly image: string; readonly opened: OpenedImage; readonly decoded: DecodedImage }
  | { readonly image: string; readonly error: HilumError };

/** The frames of a file in order; what cannot be read is one of them, never thrown. */
export async function* framesOf({ path, file, frame }: FileToOpen): AsyncGenerator<OpenedFrame> {
  const opened = await attempt(() => openForView(path, file));
  if (opened instanceof HilumError) {
    yield { image: file, error: opened };
    return;
  }
  const first = frame ?? 0;
  const last = frame ?? opened.frames - 1;
  for (let index = first; index <= last; index++) {
    const image = imageName(file, index, opened.frames);
    const decoded = index < opened.frames ? await attempt(() => opened.decode(index)) : new HilumError('image/missing');
    yield decoded instanceof HilumError ? { image, error: decoded } : { image, opened, decoded };
  }
}

async function attempt<T>(work: () => Promise<T>): Promise<T | HilumError> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof HilumError) return error;
    throw error;
  }
}
