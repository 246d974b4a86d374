import { RotateCcw, Save, Undo2, Users } from 'lucide-react';
import { Button } from '../../../components/controls/button.tsx';
import { ErrorNotice } from '../../../components/feedback/error-notice.tsx';
import { plural } from '../../../format/numbers.ts';
import { useKeys } from '../../../keys/use-keys.ts';
import { withMine, withTheirs } from './form-state.ts';
import { changeForm } from './form-store.ts';
import { type Form, useSaving } from './use-form.ts';
import { valueWords } from './value-words.ts';
import { defaultValues, differing, isSame } from './values.ts';
import { labelOf } from './wording.ts';

/** Where the form stands against params.yaml and the defaults, and what can be done about it. */
export function FormBar({ form }: { readonly form: Form }) {
  const { state, unsaved, values, faults, params, setValues } = form;
  const saving = useSaving(form);
  const changed = differing(values, defaultValues).length;
  const wrong = Object.keys(faults);
  const base = state.base?.values;
  const save = (): void => void saving.run();
  const canSave = params !== undefined && unsaved.length > 0 && state.theirs === undefined;
  const toDefaults = (): void => setValues(defaultValues);
  useKeys([
    { keys: '$mod+s', title: 'Save the parameters', group: 'Train', enabled: canSave, run: save },
    { title: 'All parameters to their defaults', group: 'Train', enabled: changed > 0, run: toDefaults },
  ]);
  return (
    <div className="h-train-bar">
      <div className="h-train-bar-line">
        <span role="status" className="h-train-bar-text">
          {wrong.length > 0 ? <FirstFault paths={wrong} /> : standing(form)}
        </span>
        <div className="h-train-bar-buttons">
          <Button kind="quiet" icon={RotateCcw} disabled={changed === 0} onClick={toDefaults}>
            All defaults
          </Button>
          <Button
            kind="quiet"
            icon={Undo2}
            disabled={unsaved.length === 0 || base === undefined}
            onClick={() => base !== undefined && setValues(base)}
          >
            Discard
          </Button>
          <Button icon={Save} keyHint="$mod+s" busy={saving.busy} disabled={!canSave} onClick={save}>
            Save
          </Button>
        </div>
      </div>
      {saving.error === undefined || saving.error.code === 'config/changed' ? null : (
        <ErrorNotice error={saving.error} compact />
      )}
      <Conflict form={form} />
    </div>
  );
}

/** The form against params.yaml, in a few words. */
function standing({ unsaved, values, state }: Form): string {
  const count = unsaved.length;
  if (count > 0)
    return `${plural(count, 'change')} not saved. Starting a run saves ${count === 1 ? 'it' : 'them'} too.`;
  const isFile = state.base !== undefined && isSame(values, state.base.values);
  return isFile ? 'As in params.yaml' : 'As in a run that was started';
}

function FirstFault({ paths }: { readonly paths: readonly string[] }) {
  const [first = ''] = paths;
  const goThere = (): void => {
    const field = document.querySelector(`[data-path="${CSS.escape(first)}"]`);
    field?.scrollIntoView({ block: 'center' });
    field?.querySelector<HTMLElement>('input, select, button')?.focus();
  };
  return (
    <button type="button" className="h-train-fault" onClick={goThere}>
      {paths.length === 1 ? '1 field is' : `${paths.length} fields are`} not right yet: {labelOf(first)}
    </button>
  );
}

/** Two wrote params.yaml: nothing is lost before somebody says whose values stand. */
function Conflict({ form: { state, values } }: { readonly form: Form }) {
  const { theirs } = state;
  if (theirs === undefined) return null;
  const fields = differing(values, theirs.values);
  return (
    <div className="h-train-conflict" role="alert">
      <Users size={16} aria-hidden="true" />
      <div>
        <strong>Somebody else changed params.yaml while you were editing.</strong>
        <ul>
          {fields.map((field) => (
            <li key={field.path}>
              {labelOf(field.path)}: theirs {valueWords(field, theirs.values[field.path])}, yours{' '}
              {valueWords(field, values[field.path])}
            </li>
          ))}
        </ul>
        <div className="h-train-conflict-ways">
          <Button onClick={() => changeForm(withTheirs)}>Take theirs</Button>
          <Button onClick={() => changeForm(withMine)}>Keep mine</Button>
        </div>
      </div>
    </div>
  );
}
