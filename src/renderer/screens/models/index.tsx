import { Boxes, FolderInput } from 'lucide-react';
import { useState } from 'react';
import { call, useAction, useCall } from '../../api.ts';
import { Button } from '../../components/controls/button.tsx';
import { Answer } from '../../components/feedback/answer.tsx';
import { EmptyState } from '../../components/feedback/empty-state.tsx';
import { ErrorNotice } from '../../components/feedback/error-notice.tsx';
import { FolderPicker } from '../../components/files/folder-picker.tsx';
import { Screen } from '../../components/layout/screen.tsx';
import { SplitPane } from '../../components/layout/split-pane.tsx';
import { plural } from '../../format/numbers.ts';
import { notify } from '../../stores/notices.ts';
import { navigate, pathOf, useRoute } from '../../stores/route.ts';
import { ImportNetwork } from './import/import-network.tsx';
import { ModelDetails } from './model-details.tsx';
import { ModelList } from './model-list.tsx';
import './models.css';

/** Sealed models: what there is, what each was made of, whether it is whole (`/models/<id>` is chosen). */
export default function ModelsScreen() {
  const answer = useCall(
    'models/list',
    {},
    { refreshOn: (push) => push.topic === 'changed' && push.what === 'models' },
  );
  const { parts } = useRoute();
  const count = answer.value?.models.length;
  return (
    <Screen
      title="Models"
      subtitle={count === undefined ? null : plural(count, 'sealed model')}
      actions={
        <>
          <ImportNetwork />
          <Import />
        </>
      }
      fill
    >
      <Answer of={answer} rows={6} title="The models could not be listed">
        {({ models }) => {
          const chosen =
            models.find(({ id }) => id === parts[0]) ?? models.find(({ isDefault }) => isDefault) ?? models[0];
          if (chosen === undefined) {
            return (
              <EmptyState icon={Boxes} title="No models" text="Train one on the Train screen, or import a folder." />
            );
          }
          return (
            <SplitPane
              id="models"
              label="Width of the list"
              initial={40}
              minFirst={25}
              minSecond={35}
              first={
                <ModelList models={models} chosen={chosen.id} onChoose={(id) => navigate(pathOf('models', [id]))} />
              }
              second={<ModelDetails key={chosen.id} id={chosen.id} />}
            />
          );
        }}
      </Answer>
    </Screen>
  );
}

function Import() {
  const [picking, setPicking] = useState(false);
  const take = useAction(async (folder: string) => {
    const { model } = await call('models/import', { folder });
    notify({ text: 'The model was checked and imported.', kind: 'good' });
    navigate(pathOf('models', [model]));
  });
  return (
    <>
      {take.error === undefined ? null : <ErrorNotice error={take.error} compact />}
      <Button icon={FolderInput} busy={take.busy} onClick={() => setPicking(true)}>
        Import model…
      </Button>
      <FolderPicker
        open={picking}
        onClose={() => setPicking(false)}
        onPick={(path) => void take.run(path)}
        purpose="model"
      />
    </>
  );
}
