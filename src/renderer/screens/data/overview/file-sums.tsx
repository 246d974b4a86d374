import { Panel } from '../../../components/layout/panel.tsx';
import { formatCount } from '../../../format/numbers.ts';
import { href, pathOf } from '../../../stores/route.ts';
import type { Summary } from '../types.ts';

/** Every file that was found is one of three things: one bar, three numbers that add up. */
export function FileSums({ summary }: { readonly summary: Summary }) {
  const { found, accepted, duplicates, refused } = summary;
  const parts = [
    { name: 'accepted', count: accepted, to: 'images' },
    { name: 'duplicates', count: duplicates, to: 'duplicates' },
    { name: 'refused', count: refused, to: 'refused' },
  ];
  return (
    <Panel title="Files" subtitle="every file that was found is accounted for">
      <div className="h-data-sums">
        <div className="h-data-sum">
          <strong>{formatCount(found)}</strong>
          <span>files found</span>
        </div>
        {parts.map(({ name, count, to }, at) => (
          <div key={name} className="h-data-term">
            <span className="h-data-sign">{at === 0 ? '=' : '+'}</span>
            <div className="h-data-sum">
              <strong>{formatCount(count)}</strong>
              <span>
                <span className={`h-data-swatch h-data-${name}`} aria-hidden="true" />
                {count === 0 ? name : <a href={href(pathOf('data', [to]))}>{name}</a>}
              </span>
            </div>
          </div>
        ))}
      </div>
      <div className="h-data-bar" aria-hidden="true">
        {parts.map(({ name, count }) =>
          count === 0 ? null : <div key={name} className={`h-data-${name}`} style={{ flexGrow: count }} />,
        )}
      </div>
    </Panel>
  );
}
