import { trainedElsewhere } from '../../../../pipeline/domain/sealed-model.ts';
import type { Model } from '../../../api.ts';
import { Field } from '../../../components/controls/field.tsx';
import { Select } from '../../../components/controls/select.tsx';
import { Answer } from '../../../components/feedback/answer.tsx';
import { Badge } from '../../../components/feedback/badge.tsx';
import { ClassChip } from '../../../components/figures/class-chip.tsx';
import { KeyValues } from '../../../components/figures/key-values.tsx';
import { Panel } from '../../../components/layout/panel.tsx';
import { shortHash } from '../../../format/hash.ts';
import { formatPercent } from '../../../format/numbers.ts';
import { href, pathOf } from '../../../stores/route.ts';
import type { Starter } from './use-starter.ts';

/** The model that the next folder is classified with, and what it is worth. */
export function ModelChoice({ starter: { models, model, chooseModel } }: { readonly starter: Starter }) {
  return (
    <Panel title="Model" actions={<a href={href(pathOf('models'))}>All models</a>}>
      <Answer of={models}>
        {({ models: known }) => (
          <div className="h-classify-model">
            <Field label="Model" hideLabel>
              <Select
                value={model?.id ?? null}
                onChange={chooseModel}
                placeholder="There is no model"
                options={known.map((each) => ({ value: each.id, label: labelOf(each) }))}
              />
            </Field>
            {model === undefined ? null : <ModelFacts model={model} />}
          </div>
        )}
      </Answer>
    </Panel>
  );
}

/** `Champion · Study · v3 · 8ad32802 · default`: the word that people look for comes first. */
function labelOf({ id, title, version, aliases, isDefault }: Model): string {
  const standing = aliases.map(({ alias }) => aliasWords[alias]);
  const number = version === null ? [] : [`v${version}`];
  return [...standing, title, ...number, shortHash(id), ...(isDefault ? ['default'] : [])].join(' · ');
}

const aliasWords = { champion: 'Champion', challenger: 'Challenger' } as const;

const honestyText: Readonly<Record<Model['honesty'], string>> = {
  grouped: 'Patients kept apart in training and test',
  leaky: 'Patients on both sides of its split: its figures are too good',
  unknown: trainedElsewhere,
};

/** What the operator may expect of the next folder, if it is like the held-out images. */
function answeringText(answering: Model['answering']): string {
  if (answering === null) return 'Not measured: how many images it answers';
  const { coverage, accuracy } = answering;
  const right = accuracy === null ? '' : `, ${formatPercent(accuracy, 0)} of these right`;
  return `Answers ${formatPercent(coverage, 0)} of held-out images${right}`;
}

function ModelFacts({ model }: { readonly model: Model }) {
  const { classes, trainedOn, synthetic, honesty, problem, answering } = model;
  return (
    <>
      {problem === null ? null : <p className="h-classify-bad">{problem}</p>}
      <KeyValues
        items={[
          {
            name: 'Answers',
            value: (
              <span className="h-classify-chips">
                {classes.slice(0, 8).map((name, index) => (
                  <ClassChip key={name} name={name} index={index} />
                ))}
                {classes.length > 8 ? `and ${classes.length - 8} more` : null}
              </span>
            ),
          },
          {
            name: 'Trained on',
            value: (
              <>
                {synthetic ? <Badge tone="caution">synthetic images only</Badge> : null} {trainedOn}
              </>
            ),
          },
          { name: 'On its own', value: answeringText(answering) },
          {
            name: 'Split',
            value: <span className={honesty !== 'grouped' ? 'h-classify-bad' : ''}>{honestyText[honesty]}</span>,
          },
        ]}
      />
    </>
  );
}
