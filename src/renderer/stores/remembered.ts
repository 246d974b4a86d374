import '../zod-config.ts';
import { useCallback, useState } from 'react';
import type { z } from 'zod';

/** A value that this browser keeps for a screen; what does not fit the schema any more is the fallback again. */
export function useRemembered<T>(key: string, schema: z.ZodType<T>, fallback: T): readonly [T, (value: T) => void] {
  const storageKey = `hilum.${key}`;
  const [value, setValue] = useState<T>(() => read(storageKey, schema, fallback));
  const set = useCallback(
    (next: T) => {
      setValue(next);
      localStorage.setItem(storageKey, JSON.stringify(next));
    },
    [storageKey],
  );
  return [value, set];
}

function read<T>(storageKey: string, schema: z.ZodType<T>, fallback: T): T {
  try {
    const kept = schema.safeParse(JSON.parse(localStorage.getItem(storageKey) ?? 'null'));
    return kept.success ? kept.data : fallback;
  } catch {
    return fallback;
  }
}
