import { type RefObject, useEffect, useRef } from 'react';
import uPlot from 'uplot';
import { useTheme } from '../../stores/theme.ts';
import { useNewest } from '../../use-newest.ts';
import type { AlignedSeries, CurveSeries } from './align-series.ts';
import { type PlotLabels, plotOptions } from './plot-options.ts';

interface Plot {
  readonly series: readonly CurveSeries[];
  readonly aligned: AlignedSeries;
  readonly labels: PlotLabels;
  readonly height: number;
  onIndex(index: number | null): void;
}

/** Draws into the element: anew when its look changes, with fresh data when only they do, and as wide as it is. */
export function usePlot(frame: RefObject<HTMLDivElement | null>, plot: Plot): void {
  const theme = useTheme();
  const newest = useNewest(plot);
  const chart = useRef<uPlot | null>(null);
  const look = JSON.stringify([theme, plot.labels, plot.height, plot.series.map(lookOf)]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: the look says everything that needs another drawing
  useEffect(() => {
    const element = frame.current;
    if (element === null) return;
    const { series, labels, height, aligned } = newest.current;
    const styles = getComputedStyle(document.documentElement);
    const made = new uPlot(
      plotOptions(
        series,
        labels,
        { width: Math.max(1, element.clientWidth), height },
        (name) => styles.getPropertyValue(name).trim(),
        (index) => newest.current.onIndex(index),
      ),
      dataOf(aligned),
      element,
    );
    chart.current = made;
    const observer = new ResizeObserver(() => {
      if (element.clientWidth > 0) made.setSize({ width: element.clientWidth, height });
    });
    observer.observe(element);
    return () => {
      observer.disconnect();
      made.destroy();
      chart.current = null;
    };
  }, [look, frame]);

  useEffect(() => chart.current?.setData(dataOf(plot.aligned)), [plot.aligned]);
}

function lookOf({ id, label, color, dashed, x }: CurveSeries) {
  return [id, label, color, dashed, x.length < 2];
}

function dataOf({ x, ys }: AlignedSeries): uPlot.AlignedData {
  return [[...x], ...ys.map((y) => [...y])];
}
