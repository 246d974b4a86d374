import { describe, expect, it } from 'vitest';
import type { ImageRef, View } from '../../../../src/main/ipc/contract.ts';
import { HilumError } from '../../../../src/pipeline/domain/errors.ts';
import { loadedView } from '../../../../src/renderer/components/image-view/pixels.ts';
import { ThumbnailLoader } from '../../../../src/renderer/components/image-view/thumbnail-loader.ts';
import { ViewCache } from '../../../../src/renderer/components/image-view/view-cache.ts';
import { ViewLoader } from '../../../../src/renderer/components/image-view/view-loader.ts';

const ref = (item: number): ImageRef => ({ of: 'batch', batch: 'b', item, frame: 0 });
const itemOf = (image: ImageRef): number => (image.of === 'batch' ? image.item : 0);

function viewOf(values: Int16Array): View {
  const pixels = Buffer.from(values.buffer).toString('base64');
  return {
    ...({ width: values.length, height: 1, domain: 'hounsfield', white: 255, sampleType: 'int16', pixels } as const),
    frames: 1,
    window: null,
    facts: [],
  };
}

/** A core whose answers come when the test says so. */
function slowCore() {
  const asked: number[] = [];
  const waiting = new Map<number, { resolve(view: View): void; reject(error: unknown): void }>();
  const fetchView = (image: ImageRef): Promise<View> =>
    new Promise((resolve, reject) => {
      asked.push(itemOf(image));
      waiting.set(itemOf(image), { resolve, reject });
    });
  const settle = async (item: number, error?: unknown): Promise<void> => {
    if (error === undefined) waiting.get(item)?.resolve(viewOf(Int16Array.of(item)));
    else waiting.get(item)?.reject(error);
    await new Promise((resolve) => setImmediate(resolve));
  };
  return { asked, fetchView, settle };
}

describe('loadedView', () => {
  it('reads little-endian samples of each type', () => {
    expect([...loadedView(viewOf(Int16Array.of(-1000, 40))).pixels]).toEqual([-1000, 40]);
    const float = Buffer.from(Float32Array.of(1.5, -2).buffer).toString('base64');
    const view = loadedView({ ...viewOf(Int16Array.of(0)), sampleType: 'float32', pixels: float });
    expect([...view.pixels]).toEqual([1.5, -2]);
    expect(view.bytes).toBe(8);
  });
});

describe('ViewLoader', () => {
  it('brings the image in sight, then those ahead, two at a time', async () => {
    const { asked, fetchView, settle } = slowCore();
    const loader = new ViewLoader(fetchView, new ViewCache());
    loader.want([ref(1), ref(2), ref(3)]);
    expect(asked).toEqual([1, 2]);
    await settle(1);
    expect(asked).toEqual([1, 2, 3]);
    const state = loader.state(ref(1));
    expect(state.is === 'there' ? [...state.view.pixels] : state.is).toEqual([1]);
    expect(loader.state(ref(1))).toBe(state);
    expect(loader.state(ref(2)).is).toBe('loading');
  });

  it('never asks for what was scrolled past, and keeps late answers for later', async () => {
    const { asked, fetchView, settle } = slowCore();
    const loader = new ViewLoader(fetchView, new ViewCache());
    for (let item = 1; item <= 9; item++) loader.want([ref(item)]);
    expect(asked).toEqual([1, 2]);
    await settle(1);
    await settle(2);
    expect(asked).toEqual([1, 2, 9]);
    expect(loader.state(ref(9)).is).toBe('loading');
    loader.want([ref(2)]);
    expect(loader.state(ref(2)).is).toBe('there');
  });

  it('says why an image cannot be had, and asks again when told to', async () => {
    const { asked, fetchView, settle } = slowCore();
    const loader = new ViewLoader(fetchView, new ViewCache());
    let told = 0;
    loader.subscribe(() => told++);
    loader.want([ref(1)]);
    await settle(1, new HilumError('image/empty', {}));
    expect(loader.state(ref(1)).is).toBe('failed');
    expect(told).toBe(1);
    loader.retry(ref(1));
    expect(asked).toEqual([1, 1]);
    await settle(1);
    expect(loader.state(ref(1)).is).toBe('there');
  });

  it('asks anew after other images stand behind the references', async () => {
    const { asked, fetchView, settle } = slowCore();
    const loader = new ViewLoader(fetchView, new ViewCache());
    loader.want([ref(1)]);
    await settle(1);
    loader.forget();
    expect(asked).toEqual([1, 1]);
    expect(loader.state(ref(1)).is).toBe('loading');
  });
});

describe('ViewCache', () => {
  it('lets the views go that were used longest ago, and never the newest', () => {
    const cache = new ViewCache(20);
    const view = loadedView(viewOf(Int16Array.of(1, 2, 3, 4)));
    for (const key of ['a', 'b']) cache.put(key, view);
    cache.get('a');
    cache.put('c', view);
    expect(['a', 'b', 'c'].filter((key) => cache.has(key))).toEqual(['a', 'c']);
    cache.put('large', { ...view, bytes: 1000 });
    expect(cache.has('large')).toBe(true);
    cache.clear();
    expect(cache.has('large')).toBe(false);
  });
});

describe('ThumbnailLoader', () => {
  it('asks for sixty at a time, keeps what it knows, and knows what cannot be had', async () => {
    const asked: number[] = [];
    const loader = new ThumbnailLoader(async (images) => {
      asked.push(images.length);
      return { side: 1, pictures: images.map((image) => (itemOf(image) === 7 ? null : 'gA==')) };
    });
    const images = Array.from({ length: 130 }, (_, index) => ref(index + 1));
    loader.want(images);
    await new Promise((resolve) => setImmediate(resolve));
    loader.want(images.slice(0, 10));
    await new Promise((resolve) => setImmediate(resolve));
    expect(asked).toEqual([60, 60, 10]);
    expect(loader.get(ref(1))).toEqual({ side: 1, greys: Uint8Array.of(128) });
    expect(loader.get(ref(7))).toBeNull();
    expect(loader.get(ref(131))).toBeUndefined();
  });
});
