import './zod-config.ts';
import { createRoot } from 'react-dom/client';
import { App } from './app.tsx';
import { goToHome } from './frame/command-homes.ts';
import { startDropGuard } from './frame/drop-guard.ts';
import { ErrorBoundary } from './frame/error-boundary.tsx';
import { startNavigationGuard } from './frame/navigation-guard.ts';
import { startKeys } from './keys/listener.ts';
import { startCommands } from './keys/use-command.ts';
import { startApp } from './stores/app.ts';
import { startJobs } from './stores/jobs.ts';
import { startPrefs } from './stores/prefs.ts';
import { startRoute } from './stores/route.ts';
import { startTheme } from './stores/theme.ts';
import { transport } from './transport/call.ts';
import { startPushes } from './transport/pushes.ts';
import './styles/tokens.css';
import './styles/base.css';

// The token is taken out of the address before the address is read as a place in the page.
const isReachable = transport() !== null;
startRoute();
startPrefs();
startTheme();
startKeys();
startDropGuard();
startNavigationGuard();
if (isReachable) {
  startPushes();
  startCommands(goToHome);
  startApp();
  startJobs();
}

const root = document.getElementById('root');
if (root !== null) {
  createRoot(root).render(
    <ErrorBoundary place="page">
      <App />
    </ErrorBoundary>,
  );
}
