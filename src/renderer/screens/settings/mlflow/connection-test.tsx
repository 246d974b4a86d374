import { PlugZap } from 'lucide-react';
import { useState } from 'react';
import { call, type Output, useAction } from '../../../api.ts';
import { Button } from '../../../components/controls/button.tsx';
import { ErrorNotice } from '../../../components/feedback/error-notice.tsx';

/** Asks the server who it is; nothing is made there. */
export function ConnectionTest() {
  const [found, setFound] = useState<Output<'tracking/test'>>();
  const test = useAction(async () => {
    setFound(undefined);
    setFound(await call('tracking/test', {}));
  });
  return (
    <div className="h-settings-form" role="status">
      <div className="h-settings-row">
        <Button icon={PlugZap} busy={test.busy} onClick={() => void test.run()}>
          Test connection
        </Button>
        {found === undefined ? null : (
          <span className="h-settings-ok h-wrap">
            MLflow {found.version} answers. Experiment “{found.experiment}”{' '}
            {found.isThere ? 'is there' : 'will be made'}.
          </span>
        )}
      </div>
      {test.error === undefined ? null : <ErrorNotice error={test.error} compact />}
    </div>
  );
}
