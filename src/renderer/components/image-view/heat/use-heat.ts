import { useEffect, useState } from 'react';
import { z } from 'zod';
import { type ApiError, type ImageRef, type Output, useCall } from '../../../api.ts';
import { useRemembered } from '../../../stores/remembered.ts';
import { imageKey } from '../image-key.ts';

/** What the reader set and what came of it. */
export interface HeatView {
  readonly on: boolean;
  toggle(): void;
  /** Class to explain; null: the answer's. */
  readonly chosen: string | null;
  choose(name: string | null): void;
  /** Of the hottest colour, 0..1. */
  readonly opacity: number;
  setOpacity(opacity: number): void;
  readonly heat: Output<'explain/map'> | undefined;
  readonly error: ApiError | undefined;
}

/** An image has to stay this long before its map is asked for: scrolling through a scan asks for none. */
const stayMs = 200;

/**
 * Heat map of an image, asked for only while it is switched on. Off at first, each time images are opened: nobody sees a
 * machine's hint before they asked for it.
 */
export function useHeat(image: ImageRef, model: string | null): HeatView {
  const [on, setOn] = useState(false);
  const [chosen, choose] = useState<string | null>(null);
  const [opacity, setOpacity] = useRemembered('image.heat-opacity', z.number().min(0).max(1), 0.6);
  const settled = useSettled(imageKey(image), on);
  const { value, error } = useCall('explain/map', on && settled ? { image, model, class: chosen } : null, {
    keep: false,
    refreshOn: (push) => push.topic === 'changed' && push.what === 'workspace',
  });
  return { on, toggle: () => setOn(!on), chosen, choose, opacity, setOpacity, heat: value, error };
}

function useSettled(key: string, on: boolean): boolean {
  const [stayed, setStayed] = useState<string | null>(null);
  useEffect(() => {
    if (!on) return undefined;
    const timer = setTimeout(() => setStayed(key), stayMs);
    return () => clearTimeout(timer);
  }, [key, on]);
  return stayed === key;
}
