import { useEffect, useState } from 'react';
import type { Params } from '../../../../pipeline/domain/params.ts';
import type { SweepDefinition } from '../../../../pipeline/domain/sweep.ts';
import { useCall } from '../../../api.ts';

const pauseMs = 400;

/** Who would compete, and what it would cost; asked for when typing pauses. */
export function useSweepPlan(definition: SweepDefinition | undefined, params: Params) {
  const asked = definition === undefined ? null : JSON.stringify(definition);
  const [settled, setSettled] = useState<string | null>(null);
  useEffect(() => {
    const timer = setTimeout(() => setSettled(asked), pauseMs);
    return () => clearTimeout(timer);
  }, [asked]);
  const isSettled = asked !== null && settled === asked && definition !== undefined;
  return useCall('sweeps/plan', isSettled ? { definition, params } : null, { keep: false });
}
