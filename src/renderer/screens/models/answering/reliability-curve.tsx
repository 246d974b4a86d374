import { useMemo } from 'react';
import { type CurveSeries, Curves } from '../../../components/figures/curves.tsx';
import type { Evidence } from './evidence.ts';

type Bins = Evidence['before']['bins'];

/** How often answers of a stated probability were right; on the dashed line they are as right as they say. */
export function ReliabilityCurve({ before, after }: { readonly before: Bins; readonly after: Bins }) {
  const series = useMemo(
    () => [
      { id: 'before', label: 'before', color: 3, ...pointsOf(before) },
      { id: 'after', label: 'after temperature', color: 0, ...pointsOf(after) },
      { id: 'ideal', label: 'as stated', color: 7, dashed: true, x: [0, 1], y: [0, 1] },
    ],
    [before, after],
  );
  return (
    <Curves
      title="Reliability: share of right answers by stated probability"
      series={series}
      xLabel="stated probability"
      yLabel="right answers"
      yRange={[0, 1]}
    />
  );
}

function pointsOf(bins: Bins): Pick<CurveSeries, 'x' | 'y'> {
  const filled = bins.flatMap(({ confidence, accuracy }) =>
    confidence === null || accuracy === null ? [] : [{ confidence, accuracy }],
  );
  return { x: filled.map(({ confidence }) => confidence), y: filled.map(({ accuracy }) => accuracy) };
}
