import { CircleQuestionMark, Moon, Search, Sun } from 'lucide-react';
import { IconButton } from '../components/controls/button.tsx';
import { useApp } from '../stores/app.ts';
import { setPref } from '../stores/prefs.ts';
import { useTheme } from '../stores/theme.ts';
import { JobMenu } from './job-menu.tsx';
import './frame.css';

interface TopBarProps {
  onHelp(): void;
  onPalette(): void;
}

export function TopBar({ onHelp, onPalette }: TopBarProps) {
  const { workspace } = useApp();
  const theme = useTheme();
  return (
    <header className="h-top">
      <span className="h-top-name">Hilum</span>
      <span className="h-top-workspace h-cut" title={workspace.root}>
        {workspace.name}
      </span>
      <JobMenu />
      <div className="h-top-end">
        <IconButton label="Find a command" icon={Search} keyHint="$mod+k" onClick={onPalette} />
        <IconButton label="Keys" icon={CircleQuestionMark} keyHint="?" onClick={onHelp} />
        <IconButton
          label={theme === 'dark' ? 'Light theme' : 'Dark theme'}
          icon={theme === 'dark' ? Sun : Moon}
          onClick={() => setPref('theme', theme === 'dark' ? 'light' : 'dark')}
        />
      </div>
    </header>
  );
}
