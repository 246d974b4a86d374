import { exactLowerBound } from '../../../pipeline/domain/exact-bound.ts';
import type { Metrics } from '../../../pipeline/domain/metrics.ts';
import type { RegistryPolicy } from '../../../pipeline/domain/registry.ts';
import { numberText } from '../../studies/figures.ts';
import { readKeptMetrics } from '../../studies/kept-files.ts';
import { counted } from '../../studies/text-table.ts';
import { readModelIdentity } from '../../workspace/model-identity.ts';
import type { Gate, GateAnswer } from './gate.ts';

type Rule = RegistryPolicy['gates'];

/** Each class is found often enough, by scan, in what the run that made the model kept of its evaluation. */
export const sensitivity: Gate = {
  name: 'sensitivity',
  ofChallenger: false,
  isRequired: ({ gates }) => gates.min_sensitivity !== undefined,
  async check({ study, candidate: { run }, model, policy: { gates } }) {
    const { classes } = await readModelIdentity(model.folder);
    const metrics = run === null ? null : await readKeptMetrics(study.workspace.paths.state, run.id);
    const lines = asked(gates, classes).map((each) => lineOf(each, metrics, gates.lower_bound));
    const failed = lines.filter(({ passed }) => !passed);
    return {
      passed: failed.length === 0,
      reason: reasonOf(lines, metrics, gates),
      figures: Object.assign({}, ...lines.map(({ figures }) => figures)),
    };
  },
};

interface Asked {
  readonly name: string;
  /** Null: no minimum is set for it. */
  readonly minimum: number | null;
}

/** Every class of the model, and those that the policy names besides. */
function asked({ min_sensitivity: rule }: Rule, classes: readonly string[]): Asked[] {
  if (rule === undefined || typeof rule === 'number') return classes.map((name) => ({ name, minimum: rule ?? null }));
  return [...new Set([...classes, ...Object.keys(rule)])].map((name) => ({ name, minimum: rule[name] ?? null }));
}

interface Line extends Required<Pick<GateAnswer, 'passed' | 'figures'>> {
  readonly text: string;
}

function lineOf({ name, minimum }: Asked, metrics: Metrics | null, byLowerBound: boolean): Line {
  const of = metrics?.per_class[name];
  const value = of?.scan.sensitivity.value ?? null;
  const scans = of?.scans ?? 0;
  const low = value === null ? null : lowEnd(value, scans, of?.scan.sensitivity.low ?? null);
  const counts = byLowerBound ? low : value;
  const passed = minimum === null || (counts !== null && counts >= minimum);
  const found =
    value === null ? 'not measured' : `${numberText(value)} of ${counted(scans, 'scan')}, low end ${numberText(low)}`;
  const demand = minimum === null ? '' : ` (${numberText(minimum)} asked${passed ? '' : ': FAILS'})`;
  const figures = { [name]: value, [`${name} low`]: low, [`${name} scans`]: scans, [`${name} asked`]: minimum };
  return { passed, text: `${name} ${found}${demand}`, figures };
}

/** The smaller of what the bootstrap over patient groups says and what so few scans allow to be said at all. */
function lowEnd(value: number, scans: number, bootstrap: number | null): number | null {
  return bootstrap === null ? null : Math.min(bootstrap, exactLowerBound(Math.round(value * scans), scans));
}

function reasonOf(lines: readonly Line[], metrics: Metrics | null, gates: Rule): string {
  const rule =
    gates.min_sensitivity === undefined
      ? 'No minimum is set.'
      : `${gates.lower_bound ? 'The low end of the 95 % interval' : 'The value'} must reach the minimum.`;
  if (metrics === null) return `${rule} Nothing was measured: no evaluation of the run that made it is kept here.`;
  const procedure = metrics.protocol === 'cross-validated' ? ' Cross-validated: figures of the procedure.' : '';
  return `${rule} By scan: ${lines.map(({ text }) => text).join('; ')}.${procedure}`;
}
