import { Ellipsis, ExternalLink, Flag, X } from 'lucide-react';
import { IconButton } from '../../../components/controls/button.tsx';
import { Badge } from '../../../components/feedback/badge.tsx';
import { OutcomeBadge } from '../../../components/figures/outcome-badge.tsx';
import { Menu } from '../../../components/overlays/menu.tsx';
import { formatDateTime } from '../../../format/dates.ts';
import { href, navigate, pathOf } from '../../../stores/route.ts';
import { LeakyBadge } from '../leaky-badge.tsx';
import { type Comparing, withoutRun } from './comparing.ts';
import { SeriesMark } from './series-mark.tsx';
import type { Side } from './sides.ts';

interface SideHeadProps {
  readonly side: Side;
  readonly comparing: Comparing;
  onComparing(next: Comparing): void;
}

/** Heading of a run's column: which one it is, and what can be done with it here. */
export function SideHead({ side, comparing, onComparing }: SideHeadProps) {
  const { run, label, place, isBaseline } = side;
  return (
    <th scope="col" className="h-compare-head">
      <div>
        <SeriesMark place={place} />
        <a className="h-cut" href={href(pathOf('runs', [run.id]))} title={`${label}, ${formatDateTime(run.startedAt)}`}>
          {label}
        </a>
        <Menu
          label={`Run ${label}`}
          trigger={<IconButton label={`What to do with ${label}`} icon={Ellipsis} />}
          items={[
            {
              label: 'Make it the baseline',
              icon: Flag,
              disabled: isBaseline,
              run: () => onComparing({ ...comparing, base: run.id }),
            },
            { label: 'Open the run', icon: ExternalLink, run: () => navigate(pathOf('runs', [run.id])) },
            'separator',
            { label: 'Take out of the comparison', icon: X, run: () => onComparing(withoutRun(comparing, run.id)) },
          ]}
        />
      </div>
      <div className="h-compare-badges">
        {isBaseline ? (
          <Badge tone="accent" icon={Flag}>
            Baseline
          </Badge>
        ) : null}
        {run.leaky ? <LeakyBadge /> : null}
        {run.outcome === 'completed' ? null : <OutcomeBadge outcome={run.outcome} />}
        {/* Without the year there is room for it beside a badge; the whole is the title of the name. */}
        <span className="h-faint h-num">{formatDateTime(run.startedAt).slice('2026-'.length)}</span>
      </div>
    </th>
  );
}
