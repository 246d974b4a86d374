import { canonicalJson } from '../../pipeline/disk/hash.ts';
import { figureParts } from './figures.ts';
import type { RunDetails } from './run-details.ts';

/** What must be known before the figures of these runs are compared, in full sentences; empty when there is nothing. */
export function comparisonWarnings(runs: readonly RunDetails[]): string[] {
  return rules.flatMap((rule) => rule(runs) ?? []);
}

type Rule = (runs: readonly RunDetails[]) => string | undefined;

const rules: readonly Rule[] = [
  leaky,
  differentSplits,
  differentData,
  differentClasses,
  differentProtocols,
  notEvaluated,
];

function leaky(runs: readonly RunDetails[]): string | undefined {
  const which = runs.filter(({ run }) => run.leaky);
  if (which.length === 0) return undefined;
  return `Leaky: in ${namesOf(which, runs)} patients stand on both sides of the split. What was measured there is memory, not skill.`;
}

function differentSplits(runs: readonly RunDetails[]): string | undefined {
  if (!differ(runs, ({ run }) => run.splitHash)) return undefined;
  return 'The splits differ: these figures were measured on different patients.';
}

function differentData(runs: readonly RunDetails[]): string | undefined {
  if (!differ(runs, ({ run }) => run.datasetHash)) return undefined;
  return 'The datasets differ: images, classes or labels changed between these runs.';
}

function differentClasses(runs: readonly RunDetails[]): string | undefined {
  const evaluated = runs.filter(isEvaluated);
  if (!differ(evaluated, classesOf)) return undefined;
  return 'The classes differ: figures over all classes mean something else in each of these runs.';
}

function differentProtocols(runs: readonly RunDetails[]): string | undefined {
  const known = runs.filter(({ evaluation }) => evaluation !== null);
  if (!differ(known, ({ evaluation }) => evaluation?.protocol)) return undefined;
  const crossed = known.filter(({ evaluation }) => evaluation?.protocol === 'cross-validated');
  return `Cross-validation stands beside a held-out part: figures of ${namesOf(crossed, runs)} are of the procedure, not of one model.`;
}

function notEvaluated(runs: readonly RunDetails[]): string | undefined {
  const which = runs.filter((each) => !isEvaluated(each));
  if (which.length === 0) return undefined;
  const was = which.length === 1 ? 'was' : 'were';
  return `Not evaluated: ${namesOf(which, runs)} ${was} never measured on held-out patients; only the curves can be compared.`;
}

function isEvaluated({ metrics, evaluation }: RunDetails): boolean {
  return metrics.length > 0 || evaluation !== null;
}

/** From the confusion matrix; where that is not kept, from the names of the figures. */
function classesOf({ evaluation, metrics }: RunDetails): readonly string[] {
  if (evaluation !== null) return [...evaluation.confusion.labels].sort();
  const named = metrics.flatMap(({ name }) => figureParts(name)?.class ?? []);
  return [...new Set(named)].sort();
}

function differ(runs: readonly RunDetails[], of: (run: RunDetails) => unknown): boolean {
  return new Set(runs.map((each) => canonicalJson(of(each) ?? null))).size > 1;
}

/** `"first" and "second"`; runs of one name are told apart by their ids. */
function namesOf(which: readonly RunDetails[], all: readonly RunDetails[]): string {
  const names = which.map(({ run }) => {
    const isShared = all.filter((each) => each.run.name === run.name).length > 1;
    return isShared ? `"${run.name}" (${run.id})` : `"${run.name}"`;
  });
  const last = names.pop() ?? '';
  return names.length === 0 ? last : `${names.join(', ')} and ${last}`;
}
