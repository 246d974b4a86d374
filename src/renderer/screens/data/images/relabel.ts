import { useCallback, useState } from 'react';
import { call, type DatasetImage } from '../../../api.ts';
import { plural } from '../../../format/numbers.ts';
import { notifyError } from '../../../stores/notices.ts';

const mostImages = 500;

type Patch = (change: (image: DatasetImage) => DatasetImage) => void;

/** A change of this session that can be taken back. */
interface Past {
  readonly text: string;
  undo(): Promise<void>;
}

/** Gives images another class, at once in sight and stored with the reader; the last time can be taken back. */
export function useRelabel(reader: string, patch: Patch) {
  const [last, setLast] = useState<Past | null>(null);

  const relabel = useCallback(
    async (images: readonly DatasetImage[], name: string): Promise<void> => {
      const changing = images.filter((image) => image.class !== name);
      if (changing.length === 0) return;
      const undo = async (): Promise<void> => {
        for (const [before, own] of Map.groupBy(changing, (image) => image.class)) {
          await give(own, before, reader, patch);
        }
      };
      try {
        await give(changing, name, reader, patch);
        setLast({ text: `${plural(changing.length, 'image')} changed to ${name}`, undo });
      } catch (error) {
        notifyError(error);
      }
    },
    [reader, patch],
  );
  const undo = useCallback((): void => {
    setLast(null);
    void last?.undo().catch(notifyError);
  }, [last]);
  return { relabel, undo, last: last?.text };
}

/** Shown before it is stored; what could not be stored is shown as it was. */
async function give(images: readonly DatasetImage[], name: string, reader: string, patch: Patch): Promise<void> {
  const before = new Map(images.map((each) => [each.image, each.class]));
  patch((each) => (before.has(each.image) ? { ...each, class: name } : each));
  try {
    for (let at = 0; at < images.length; at += mostImages) {
      const part = images.slice(at, at + mostImages).map(({ image }) => image);
      await call('dataset/relabel', { images: part, class: name, reader });
    }
  } catch (error) {
    patch((each) => ({ ...each, class: before.get(each.image) ?? each.class }));
    throw error;
  }
}
