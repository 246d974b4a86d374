import type { Metrics, PlotData } from '../domain/metrics.ts';
import { confusionSvg } from './confusion-svg.ts';
import { reliabilitySvg } from './reliability-svg.ts';
import { rocSvg } from './roc-svg.ts';

export interface ReportPlot {
  /** File name without `.svg`. */
  readonly name: string;
  /** What the plot shows; also its text for readers who cannot see it. */
  readonly caption: string;
  /** A standalone SVG document. */
  readonly svg: string;
}

/** The plots of an evaluation, scan level first. */
export function studyPlots(metrics: Metrics, data: PlotData): ReportPlot[] {
  return (['scan', 'slice'] as const).flatMap((level) => {
    const confusion = level === 'scan' ? metrics.scan_confusion : metrics.confusion;
    const titles = {
      confusion: `Confusion matrix, ${level} level`,
      roc: `ROC, one class against the rest, ${level} level`,
      reliability: `Reliability of the probabilities, ${level} level`,
    };
    return [
      {
        name: `confusion-${level}`,
        caption: titles.confusion,
        svg: confusionSvg(confusion.labels, confusion.matrix, titles.confusion),
      },
      { name: `roc-${level}`, caption: titles.roc, svg: rocSvg(data[level].roc, titles.roc) },
      {
        name: `reliability-${level}`,
        caption: titles.reliability,
        svg: reliabilitySvg(data[level].reliability, titles.reliability),
      },
    ];
  });
}
