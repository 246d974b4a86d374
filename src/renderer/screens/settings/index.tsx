import { Screen } from '../../components/layout/screen.tsx';
import { About } from './about.tsx';
import { Caches } from './caches.tsx';
import { Engines } from './engines.tsx';
import { Keys } from './keys.tsx';
import { MlflowPanel } from './mlflow/mlflow-panel.tsx';
import { Preferences } from './preferences.tsx';
import { SigningKeys } from './signing-keys/signing-keys.tsx';
import { Workspaces } from './workspaces.tsx';
import './settings.css';

/** Where data is, what the machine can do, how the page looks, which keys there are, and what the program is. */
export default function SettingsScreen() {
  return (
    <Screen title="Settings">
      <div className="h-settings">
        <div className="h-settings-column">
          <Preferences />
          <Workspaces />
          <MlflowPanel />
          <Caches />
        </div>
        <div className="h-settings-column">
          <Engines />
          <SigningKeys />
          <Keys />
          <About />
        </div>
      </div>
    </Screen>
  );
}
