import { bestIndex, type FactRow, type FigureRow, factRows, figureRows, isDifferent } from './compare.ts';
import { comparisonWarnings } from './comparison-warnings.ts';
import { factText } from './facts.ts';
import { epochFigureTitles, figureParts, figureTitle, isEpochFigure } from './figures.ts';
import type { RunDetails } from './run-details.ts';

export const factParts = ['params', 'data', 'split', 'contract', 'code', 'environment'] as const;
export type FactPart = (typeof factParts)[number];

/** One thing that the runs were made of, as text; null where a run has none. */
export interface ComparedFact {
  readonly key: string;
  readonly part: FactPart;
  readonly values: (string | null)[];
  readonly differs: boolean;
}

export type ComparedFigure = ReturnType<typeof comparedFigure>;

/** Runs side by side: what they were made of, what they found, and what must be known before that is compared. */
export interface RunComparison {
  readonly facts: ComparedFact[];
  readonly figures: ComparedFigure[];
  readonly warnings: string[];
}

export function compareRuns(runs: readonly RunDetails[]): RunComparison {
  return {
    facts: factRows(runs)
      .flatMap(comparedFact)
      .sort((a, b) => factParts.indexOf(a.part) - factParts.indexOf(b.part)),
    figures: figureRows(runs).map(comparedFigure),
    warnings: comparisonWarnings(runs),
  };
}

const partOfFact: Readonly<Record<string, FactPart>> = {
  dataset_hash: 'data',
  data_version: 'data',
  split_hash: 'split',
  leaky: 'split',
  contract_hash: 'contract',
  backbone_hash: 'contract',
  code_version: 'code',
};

/** Kind and outcome say how a run ended, not what it was made of. */
function comparedFact(row: FactRow): ComparedFact[] {
  const [first] = row.key.split('.');
  const part = first === 'params' || first === 'environment' ? first : partOfFact[row.key];
  if (part === undefined) return [];
  const values = row.values.map((value) => (value === null ? null : factText(row.key, value)));
  return [{ key: row.key, part, values, differs: isDifferent(row) }];
}

function comparedFigure(row: FigureRow) {
  const parts = figureParts(row.name);
  return {
    name: row.name,
    title: parts === null ? curveTitle(row.name) : figureTitle(row.name),
    level: parts?.level ?? ('curve' as const),
    class: parts?.class ?? null,
    better: row.better,
    values: [...row.values],
    best: bestIndex(row),
  };
}

/** `best validation_loss` → `Validation loss, best epoch`. */
function curveTitle(name: string): string {
  const figure = name.replace(/^best /, '');
  return isEpochFigure(figure) ? `${epochFigureTitles[figure]}, best epoch` : name;
}
