import { thumbnailSchema } from '../../../pipeline/domain/view.ts';
import type { ImageRef } from '../../ipc/contract.ts';
import type { Session } from '../session.ts';
import { placeOf } from './place.ts';

/** Few, so that an image that is opened meanwhile waits for two of them and not for a page. */
const atOnce = 2;
const mostBytes = 32 * 2 ** 20;

/** Small pictures as base64; the ones asked for lately stay in memory, and nothing is written anywhere. */
export function thumbnails(session: Session) {
  const kept = boundedTexts(mostBytes);

  const one = async (ref: ImageRef): Promise<string | null> => {
    try {
      const { key, path, file, frame } = await placeOf(session, ref);
      const known = kept.get(key);
      if (known !== undefined) return known;
      const { pixels } = await session.viewer.run('view', { path, file, frame, want: 'thumbnail' }, thumbnailSchema);
      const text = Buffer.from(pixels).toString('base64');
      kept.set(key, text);
      return text;
    } catch {
      // A list shows an empty place for what cannot be read; opening the image says why.
      return null;
    }
  };

  return async (images: readonly ImageRef[]): Promise<(string | null)[]> => {
    const pictures: (string | null)[] = images.map(() => null);
    const queue = images.entries();
    const lane = async (): Promise<void> => {
      for (const [index, ref] of queue) pictures[index] = await one(ref);
    };
    await Promise.all(Array.from({ length: atOnce }, lane));
    return pictures;
  };
}

/** The texts used last, as many as the bytes allow. */
export function boundedTexts(most: number) {
  const texts = new Map<string, string>();
  let bytes = 0;
  const remove = (key: string): void => {
    bytes -= texts.get(key)?.length ?? 0;
    texts.delete(key);
  };
  return {
    get(key: string): string | undefined {
      const text = texts.get(key);
      if (text === undefined) return undefined;
      texts.delete(key);
      texts.set(key, text);
      return text;
    },
    set(key: string, text: string): void {
      remove(key);
      texts.set(key, text);
      bytes += text.length;
      for (const oldest of texts.keys()) {
        if (bytes <= most) return;
        remove(oldest);
      }
    },
    get bytes(): number {
      return bytes;
    },
  };
}
