import { FlaskConical } from 'lucide-react';
import { Button } from '../../../components/controls/button.tsx';
import { DropZone } from '../../../components/files/drop-zone.tsx';
import { Screen } from '../../../components/layout/screen.tsx';
import { BatchList } from './batch-list.tsx';
import { ModelChoice } from './model-choice.tsx';
import { StartState } from './start-state.tsx';
import type { Starter } from './use-starter.ts';
import './start.css';

/** No batch is open: give a folder, choose the model, or go back to an earlier batch. */
export function StartScreen({ starter }: { readonly starter: Starter }) {
  const { start, demo, model } = starter;
  const unusable = model === undefined || model.problem !== null;
  return (
    <Screen title="Classify" fill>
      <div className="h-classify-start">
        <StartState starter={starter} />
        <div className="h-classify-give">
          <DropZone
            purpose="scans"
            title="Drop a folder of CT images"
            text="PNG, JPEG, TIFF, DICOM and NIfTI, subfolders too. Nothing leaves this machine, and the files are only read."
            disabled={unusable || start.busy}
            onFolder={(path) => void start.run(path)}
            actions={
              <Button kind="quiet" icon={FlaskConical} busy={demo.busy} onClick={() => void demo.run()}>
                Try synthetic scans
              </Button>
            }
          />
          <ModelChoice starter={starter} />
        </div>
        <BatchList />
      </div>
    </Screen>
  );
}
