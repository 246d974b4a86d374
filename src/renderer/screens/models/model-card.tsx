import { trainedElsewhere } from '../../../pipeline/domain/sealed-model.ts';
import type { Output } from '../../api.ts';
import { ClassChip } from '../../components/figures/class-chip.tsx';
import { KeyValues } from '../../components/figures/key-values.tsx';
import { Panel } from '../../components/layout/panel.tsx';
import { formatDateTime } from '../../format/dates.ts';
import { formatCount, formatFigure } from '../../format/numbers.ts';
import { href, pathOf } from '../../stores/route.ts';
import { ModelBadges, originWords } from './model-badges.tsx';

/** What the card says, the warnings first. */
export function ModelCard({ details }: { readonly details: Output<'models/get'> }) {
  const { model, card } = details;
  const made =
    model.run === null ? originWords[model.origin] : <a href={href(pathOf('runs', [model.run]))}>Run {model.run}</a>;
  return (
    <Panel title="Card" subtitle={card.notice}>
      <div className="h-models-card">
        <p className="h-models-badges">
          <ModelBadges model={model} />
        </p>
        <p className="h-prose">{card.data_notice}</p>
        <KeyValues
          columns={2}
          items={[
            { name: 'Learned from', value: card.trained_on },
            { name: 'Made', value: formatDateTime(model.createdAt) },
            { name: 'Origin', value: made },
            { name: 'Backbone', value: card.backbone },
            { name: 'Made by version', value: card.code_version },
          ]}
        />
        <ClassTable details={details} />
        {card.honesty === 'unknown' ? <p className="h-soft">{trainedElsewhere}</p> : <Figures metrics={card.metrics} />}
      </div>
    </Panel>
  );
}

function ClassTable({ details: { card } }: { readonly details: Output<'models/get'> }) {
  return (
    <table className="h-models-table">
      <caption>What it was trained on</caption>
      <thead>
        <tr>
          <th scope="col">Class</th>
          <th scope="col">Images</th>
          <th scope="col">Scans</th>
          <th scope="col">Patient groups</th>
        </tr>
      </thead>
      <tbody>
        {card.classes.map((name, index) => (
          <tr key={name}>
            <th scope="row">
              <ClassChip name={name} index={index} />
            </th>
            <td>{countText(card.counts[name]?.images)}</td>
            <td>{countText(card.counts[name]?.scans)}</td>
            <td>{countText(card.counts[name]?.groups)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function countText(count: number | undefined): string {
  return count === undefined ? 'not known' : formatCount(count);
}

function Figures({ metrics }: { readonly metrics: Readonly<Record<string, number | null>> }) {
  const entries = Object.entries(metrics);
  if (entries.length === 0) return <p className="h-soft">No figures are sealed with it: look at its run.</p>;
  return (
    <KeyValues
      columns={2}
      items={entries.map(([name, value]) => ({
        name: name.replaceAll('_', ' '),
        value: value === null ? 'not known' : formatFigure(value),
      }))}
    />
  );
}
