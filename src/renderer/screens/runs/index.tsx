import { useRoute } from '../../stores/route.ts';
import { CellScreen } from './cell/cell-screen.tsx';
import { CompareScreen } from './compare/compare-screen.tsx';
import { RunList } from './list/run-list.tsx';
import { RunScreen } from './one/run-screen.tsx';
import './runs.css';

/** Experiments: the list, one run (`/runs/<id>`), images of a confusion cell (`/runs/<id>/cell`), a comparison (`/runs/compare`). */
export default function RunsScreen() {
  const { parts, query } = useRoute();
  const [id, part] = parts;
  if (id === undefined) return <RunList />;
  if (id === 'compare') return <CompareScreen />;
  if (part === 'cell' && query.truth !== undefined && query.answered !== undefined) {
    return (
      <CellScreen
        key={`${id} ${query.truth} ${query.answered}`}
        run={id}
        truth={query.truth}
        answered={query.answered}
      />
    );
  }
  return <RunScreen key={id} id={id} />;
}
