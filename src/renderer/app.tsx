import { Suspense, useState } from 'react';
import { notice } from '../pipeline/domain/outcome.ts';
import { ErrorNotice } from './components/feedback/error-notice.tsx';
import { Loading } from './components/feedback/loading.tsx';
import { TooltipProvider } from './components/overlays/tooltip.tsx';
import { BottomLine } from './frame/bottom-line.tsx';
import { ErrorBoundary } from './frame/error-boundary.tsx';
import { NoToken } from './frame/no-token.tsx';
import { NoticeList } from './frame/notice-list.tsx';
import { Rail } from './frame/rail.tsx';
import { screens, Welcome } from './frame/screens.tsx';
import { TopBar } from './frame/top-bar.tsx';
import { useFrameKeys } from './frame/use-frame-keys.ts';
import { HelpSheet } from './keys/help-sheet.tsx';
import { Palette } from './keys/palette.tsx';
import { reloadApp, useLoadedApp } from './stores/app.ts';
import { useRoute } from './stores/route.ts';
import { transport } from './transport/call.ts';

/** The page: without a way to the core a word about it, before the first use the welcome, else the screens. */
export function App() {
  if (transport() === null) return <NoToken />;
  return (
    <TooltipProvider delayDuration={400}>
      <Loaded />
      <NoticeList />
    </TooltipProvider>
  );
}

function Loaded() {
  const { app, error } = useLoadedApp();
  if (app !== undefined) return app.firstRun ? <FirstRun /> : <Frame />;
  return (
    <main className="h-starting" aria-label="Hilum">
      {error === undefined ? <Loading label="Hilum is starting" /> : <ErrorNotice error={error} onRetry={reloadApp} />}
      <p className="h-alone-notice">{notice}</p>
    </main>
  );
}

function FirstRun() {
  return (
    <ErrorBoundary place="welcome">
      <div className="h-first">
        <Suspense fallback={<Loading label="Hilum is starting" />}>
          <Welcome />
        </Suspense>
        <BottomLine />
      </div>
    </ErrorBoundary>
  );
}

type Sheet = 'help' | 'palette' | null;

function Frame() {
  const [sheet, setSheet] = useState<Sheet>(null);
  const close = (): void => setSheet(null);
  const help = (): void => setSheet('help');
  const palette = (): void => setSheet('palette');
  useFrameKeys({ help, palette });
  return (
    <div className="h-frame">
      <button type="button" className="h-skip h-button h-button-primary" onClick={focusMain}>
        Skip to the screen
      </button>
      <Rail />
      <TopBar onHelp={help} onPalette={palette} />
      <Main />
      <BottomLine />
      <HelpSheet open={sheet === 'help'} onClose={close} />
      <Palette open={sheet === 'palette'} onClose={close} />
    </div>
  );
}

function Main() {
  const { screen } = useRoute();
  const Screen = screens[screen];
  return (
    <main id="main" className="h-main" tabIndex={-1}>
      <ErrorBoundary place={screen}>
        <Suspense fallback={<Loading label="The screen is loading" />}>
          <Screen />
        </Suspense>
      </ErrorBoundary>
    </main>
  );
}

/** A button and no link: the fragment of the address names the screen, not a place in it. */
function focusMain(): void {
  document.getElementById('main')?.focus();
}
