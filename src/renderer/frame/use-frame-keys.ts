import { useCommand } from '../keys/use-command.ts';
import { useKeys } from '../keys/use-keys.ts';
import { setPref } from '../stores/prefs.ts';
import { navigate, pathOf } from '../stores/route.ts';
import { screenEntries } from './rail.tsx';

interface FrameActions {
  help(): void;
  palette(): void;
}

/** Keys and menu entries that work on every screen. */
export function useFrameKeys({ help, palette }: FrameActions): void {
  useKeys([
    ...screenEntries.map(({ name, title, key }) => ({
      keys: `g ${key}`,
      title: `Go to ${title}`,
      group: 'Screens',
      run: () => navigate(pathOf(name)),
    })),
    { keys: '$mod+k', title: 'Find a command', group: 'Everywhere', run: palette },
    { keys: '?', title: 'Show the keys', group: 'Everywhere', run: help },
  ]);
  useCommand('help', help);
  useCommand('theme-dark', () => setPref('theme', 'dark'));
  useCommand('theme-light', () => setPref('theme', 'light'));
  useCommand('theme-system', () => setPref('theme', 'system'));
  useCommand('settings', () => navigate(pathOf('settings')));
  useCommand('show-classify', () => navigate(pathOf('classify')));
  useCommand('show-data', () => navigate(pathOf('data')));
  useCommand('show-train', () => navigate(pathOf('train')));
  useCommand('show-runs', () => navigate(pathOf('runs')));
  useCommand('show-models', () => navigate(pathOf('models')));
}
