import { Boxes, Database, FlaskConical, type LucideIcon, ScanSearch, Settings, TableProperties } from 'lucide-react';
import { href, pathOf, type ScreenName, useRoute } from '../stores/route.ts';
import './frame.css';

export interface ScreenEntry {
  readonly name: ScreenName;
  readonly title: string;
  readonly icon: LucideIcon;
  /** After `g`. */
  readonly key: string;
}

export const screenEntries: readonly ScreenEntry[] = [
  { name: 'classify', title: 'Classify', icon: ScanSearch, key: 'c' },
  { name: 'data', title: 'Data', icon: Database, key: 'd' },
  { name: 'train', title: 'Train', icon: FlaskConical, key: 't' },
  { name: 'runs', title: 'Runs', icon: TableProperties, key: 'r' },
  { name: 'models', title: 'Models', icon: Boxes, key: 'm' },
  { name: 'settings', title: 'Settings', icon: Settings, key: 's' },
];

/** The screens, at the left edge. */
export function Rail() {
  const { screen } = useRoute();
  return (
    <nav className="h-rail" aria-label="Screens">
      {screenEntries.map(({ name, title, icon: Icon }) => (
        <a
          key={name}
          className="h-rail-entry"
          href={href(pathOf(name))}
          aria-current={name === screen ? 'page' : undefined}
        >
          <Icon size={20} strokeWidth={1.75} aria-hidden="true" />
          {title}
        </a>
      ))}
    </nav>
  );
}
