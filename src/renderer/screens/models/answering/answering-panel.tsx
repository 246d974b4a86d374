import type { Output } from '../../../api.ts';
import { EstimateCell } from '../../../components/figures/estimate-cell.tsx';
import { KeyValues } from '../../../components/figures/key-values.tsx';
import { Panel } from '../../../components/layout/panel.tsx';
import { formatFigure, formatPercent, plural } from '../../../format/numbers.ts';
import { ConformalTable } from './conformal-table.tsx';
import { CoverageCurve } from './coverage-curve.tsx';
import type { Evidence } from './evidence.ts';
import { GateFigures } from './gate-figures.tsx';
import { ReliabilityCurve } from './reliability-curve.tsx';
import './answering.css';

type Details = Output<'models/get'>;

/** When the model answers, asks for review or refuses, and what that rests on. */
export function AnsweringPanel({ details }: { readonly details: Details }) {
  const { evidence, gate } = details;
  const subtitle =
    evidence === null
      ? 'Not fitted: it was sealed without held-out patient groups'
      : `Measured on ${plural(evidence.images, 'held-out image')} of ${plural(evidence.groups, 'patient group')}`;
  return (
    <Panel title="Answer, review or refuse" subtitle={subtitle}>
      <div className="h-models-answering">
        <Thresholds details={details} />
        {evidence === null ? null : <Held evidence={evidence} classes={details.card.classes} />}
        {gate === null ? (
          <p className="h-soft">It has no out-of-distribution gate: any picture that can be read gets an answer.</p>
        ) : (
          <GateFigures gate={gate} />
        )}
      </div>
    </Panel>
  );
}

function Held({ evidence, classes }: { readonly evidence: Evidence; readonly classes: readonly string[] }) {
  const { before, after, answering, conformal } = evidence;
  return (
    <>
      <div className="h-models-curves">
        <ReliabilityCurve before={before.bins} after={after.bins} />
        <CoverageCurve answering={answering} />
      </div>
      {conformal === null ? (
        <p className="h-soft">No conformal sets: a class has fewer than two held-out patient groups.</p>
      ) : (
        <ConformalTable conformal={conformal} classes={classes} />
      )}
    </>
  );
}

function Thresholds({ details: { evidence, temperature, reviewBelow } }: { readonly details: Details }) {
  const shared = [
    { name: 'Marked for review', value: `below ${formatPercent(reviewBelow, 1)} probability` },
    {
      name: 'Temperature',
      value: formatFigure(temperature, 2),
      help: 'Logits are divided by it; above 1 the trained network was too sure',
    },
  ];
  if (evidence === null) return <KeyValues columns={2} items={shared} />;
  const { answering, before, after } = evidence;
  return (
    <KeyValues
      columns={2}
      items={[
        ...shared,
        { name: 'Chosen', value: chosenText(answering) },
        {
          name: 'Of held-out images',
          value: `${formatPercent(answering.coverage)} answered, ${answering.accuracy === null ? 'none' : formatPercent(answering.accuracy)} of these right`,
        },
        { name: 'Calibration error before', value: <EstimateCell estimate={before.ece} /> },
        { name: 'Calibration error after', value: <EstimateCell estimate={after.ece} /> },
        { name: 'Brier score before', value: <EstimateCell estimate={before.brier} max={2} /> },
        { name: 'Brier score after', value: <EstimateCell estimate={after.brier} max={2} /> },
      ]}
    />
  );
}

function chosenText({ by, target, reached }: Evidence['answering']): string {
  if (by === 'probability') return 'as a probability';
  const what = by === 'coverage' ? 'of images answered' : 'of answers right';
  return `for ${formatPercent(target)} ${what}${reached ? '' : ', which no threshold reaches'}`;
}
