import { href, pathOf } from '../../../stores/route.ts';
import { TagList } from '../tag-list.tsx';
import { SeriesMark } from './series-mark.tsx';
import type { Side } from './sides.ts';

/** What people say of the runs. */
export function NotesTab({ sides }: { readonly sides: readonly Side[] }) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by keyboard
    <section className="h-compare-body" aria-label="Notes" tabIndex={0}>
      <ul className="h-compare-notes">
        {sides.map(({ run, label, place }) => (
          <li key={run.id}>
            <header>
              <SeriesMark place={place} />
              <a className="h-cut" href={href(pathOf('runs', [run.id]))}>
                {label}
              </a>
              <TagList tags={run.tags} />
              {run.notes === '' ? <span className="h-faint">no notes</span> : null}
            </header>
            {run.notes === '' ? null : <p className="h-compare-note h-wrap">{run.notes}</p>}
          </li>
        ))}
      </ul>
    </section>
  );
}
