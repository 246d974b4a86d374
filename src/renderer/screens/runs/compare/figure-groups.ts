import type { Comparison } from '../../../../main/ipc/contract.ts';
import { classMetricNames, overallMetricNames } from '../../../../pipeline/domain/metrics.ts';

export type Figure = Comparison['figures'][number];

export interface FigureGroup {
  readonly title: string;
  readonly figures: readonly Figure[];
}

const levelTitles = [
  ['scan', 'Figures by scan'],
  ['slice', 'Figures by slice'],
  ['curve', 'Best epoch'],
] as const;

/** By scan first: all classes, then each class; then the same by slice; then the curves. */
export function figureGroups(figures: readonly Figure[]): FigureGroup[] {
  return levelTitles.flatMap(([level, title]) => {
    const ofLevel = figures.filter((figure) => figure.level === level);
    const names = [...new Set(ofLevel.map((figure) => figure.class))].sort(
      (a, b) => Number(a !== null) - Number(b !== null),
    );
    return names.map((name) => ({
      title: name === null ? title : `${name}, by ${level}`,
      figures: ofLevel.filter((figure) => figure.class === name).sort((a, b) => rankOf(a) - rankOf(b)),
    }));
  });
}

/** The order in which an evaluation names them. */
function rankOf({ name, class: ofClass }: Figure): number {
  const names: readonly string[] = ofClass === null ? overallMetricNames : classMetricNames;
  return names.indexOf(name.slice(name.lastIndexOf('/') + 1));
}

/** What the heading of the group says already is left out: `Sensitivity of Stone, scans` → `Sensitivity`. */
export function figureName({ title, level, class: name }: Figure): string {
  if (level === 'curve') return title.replace(/, best epoch$/, '');
  const words = title.replace(/, (scans|slices)$/, '');
  return name !== null && words.endsWith(` of ${name}`) ? words.slice(0, -` of ${name}`.length) : words;
}
