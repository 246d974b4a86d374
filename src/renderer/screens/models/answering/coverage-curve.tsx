import { useMemo } from 'react';
import { Curves } from '../../../components/figures/curves.tsx';
import type { Evidence } from './evidence.ts';

/** How right the answers are when only the surest images are answered, and the point that the model was sealed with. */
export function CoverageCurve({ answering }: { readonly answering: Evidence['answering'] }) {
  const series = useMemo(() => {
    const { curve, coverage, accuracy } = answering;
    const line = {
      id: 'curve',
      label: 'right answers',
      color: 0,
      x: curve.map((point) => point.coverage),
      y: curve.map((point) => point.accuracy),
    };
    return accuracy === null
      ? [line]
      : [line, { id: 'chosen', label: 'sealed threshold', color: 2, x: [coverage], y: [accuracy] }];
  }, [answering]);
  return (
    <Curves
      title="Accuracy by share of images answered"
      series={series}
      xLabel="share answered"
      yLabel="right answers"
      yRange={[0, 1]}
    />
  );
}
