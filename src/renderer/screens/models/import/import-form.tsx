import { contractSteps } from '../../../../pipeline/domain/contract-words.ts';
import type { NetworkFacts } from '../../../../pipeline/domain/import-network.ts';
import { Checkbox } from '../../../components/controls/checkbox.tsx';
import { Field } from '../../../components/controls/field.tsx';
import { Segmented } from '../../../components/controls/segmented.tsx';
import { TextInput } from '../../../components/controls/text-input.tsx';
import { ContractFields } from './contract-fields.tsx';
import { ReferenceFields } from './reference-fields.tsx';
import { contractOfForm, type Form } from './wish.ts';

export interface FormProps {
  readonly facts: NetworkFacts;
  readonly form: Form;
  onChange(form: Form): void;
}

/** What the network shall become, and how pictures become its numbers. */
export function ImportForm(props: FormProps) {
  const { facts, form, onChange } = props;
  const isClassifier = form.as === 'classifier';
  const uses = [
    { value: 'classifier' as const, label: 'Whole classifier', can: facts.classifier !== null },
    { value: 'backbone' as const, label: 'Backbone', can: facts.backbone !== null },
  ];
  return (
    <div className="h-import-form">
      <Segmented
        label="Import as"
        value={form.as}
        options={uses.filter(({ can }) => can).map(({ value, label }) => ({ value, label }))}
        onChange={(as) => onChange({ ...form, as })}
      />
      <p className="h-soft">
        {isClassifier
          ? 'It is sealed with its contract and golden answers, and answers as it is. It was trained elsewhere: its figures are not checked here.'
          : 'It goes below backbones/ of this workspace; Train then fits a head on it.'}
      </p>
      <div className="h-import-fields">
        <Field label={isClassifier ? 'Title' : 'Name of its folder'}>
          <TextInput value={form.title} onChange={(title) => onChange({ ...form, title })} />
        </Field>
        {isClassifier ? (
          <Field label="Classes" help="In the order of the answers, with commas between them.">
            <TextInput value={form.classes} onChange={(classes) => onChange({ ...form, classes })} />
          </Field>
        ) : null}
        <ContractFields {...props} />
      </div>
      {isClassifier ? <ReferenceFields {...props} /> : null}
      <Checkbox
        checked={form.fold}
        onChange={(fold) => onChange({ ...form, fold })}
        label="Fold batch normalisation into the convolutions"
        help="Faster; the answers stay the same to five digits."
      />
      {isClassifier ? <Preview {...props} /> : null}
    </div>
  );
}

function Preview({ form, facts }: FormProps) {
  const contract = contractOfForm(form, facts);
  return (
    <section className="h-import-preview" aria-label="The contract in words">
      <h3>How pictures become numbers</h3>
      {contract === undefined ? (
        <p className="h-soft">Resize rule or range is not stated yet.</p>
      ) : (
        <ol>
          {contractSteps(contract).map((step) => (
            <li key={step}>{step}</li>
          ))}
        </ol>
      )}
    </section>
  );
}
