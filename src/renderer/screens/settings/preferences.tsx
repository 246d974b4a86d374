import { Field } from '../../components/controls/field.tsx';
import { Segmented } from '../../components/controls/segmented.tsx';
import { Switch } from '../../components/controls/switch.tsx';
import { TextInput } from '../../components/controls/text-input.tsx';
import { Panel } from '../../components/layout/panel.tsx';
import { useApp } from '../../stores/app.ts';
import { setPref, usePref } from '../../stores/prefs.ts';

/** Choices of this person on this computer. */
export function Preferences() {
  const { login } = useApp();
  const theme = usePref('theme');
  const reader = usePref('reader');
  const reverse = usePref('reverseWindowDrag');
  const showNames = usePref('showFileNames');
  return (
    <Panel title="You" subtitle="Kept on this computer only">
      <div className="h-settings-form">
        <Segmented
          label="Theme"
          value={theme}
          onChange={(value) => setPref('theme', value)}
          options={[
            { value: 'dark', label: 'Dark' },
            { value: 'light', label: 'Light' },
            { value: 'system', label: 'As the system' },
          ]}
        />
        <Field label="Reader" help="Stands beside each of your reviews, with the time and the model.">
          <TextInput
            value={reader}
            placeholder={login === '' ? 'reader' : login}
            maxLength={80}
            spellCheck={false}
            onChange={(value) => setPref('reader', value)}
          />
        </Field>
        <Switch
          label="Reverse window and level"
          help="Dragging left widens, dragging down brightens."
          checked={reverse}
          onChange={(value) => setPref('reverseWindowDrag', value)}
        />
        <Switch
          label="Show file names over images"
          help="File names may hold names of patients."
          checked={showNames}
          onChange={(value) => setPref('showFileNames', value)}
        />
      </div>
    </Panel>
  );
}
