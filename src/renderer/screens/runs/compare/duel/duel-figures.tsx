import type { Output } from '../../../../api.ts';
import { Badge } from '../../../../components/feedback/badge.tsx';
import { EstimateCell } from '../../../../components/figures/estimate-cell.tsx';
import { formatFigure, plural } from '../../../../format/numbers.ts';
import type { Level } from '../../one/class-table.tsx';
import { pText } from './lists.ts';

type Found = Output<'duels/get'>['duel'][Level];

const names = [
  { name: 'balanced_accuracy', title: 'Balanced accuracy' },
  { name: 'accuracy', title: 'Accuracy' },
  { name: 'auc', title: 'AUC (one-vs-rest mean)' },
] as const;
const tones = { better: 'good', worse: 'bad', 'no difference shown': 'neutral' } as const;

/** Figures of both, the difference with its interval, and McNemar's test. */
export function DuelFigures({ found, level }: { readonly found: Found; readonly level: Level }) {
  const unit = level === 'scan' ? 'scan' : 'image';
  return (
    <div className="h-duel-figures">
      <table>
        <thead>
          <tr>
            <th scope="col">Figure</th>
            <th scope="col">A</th>
            <th scope="col">B</th>
            <th scope="col">B minus A, 95 % interval</th>
            <th scope="col">B is</th>
          </tr>
        </thead>
        <tbody>
          {names.map(({ name, title }) => {
            const { a, b, difference, verdict } = found.figures[name];
            return (
              <tr key={name}>
                <th scope="row">{title}</th>
                <td className="h-num">{a === null ? 'not defined' : formatFigure(a)}</td>
                <td className="h-num">{b === null ? 'not defined' : formatFigure(b)}</td>
                <td>
                  <EstimateCell estimate={difference} min={-1} max={1} />
                </td>
                <td>
                  <Badge tone={tones[verdict]}>{verdict}</Badge>
                </td>
              </tr>
            );
          })}
        </tbody>
      </table>
      <p className="h-soft">
        {plural(found.fixed.total, unit)} fixed, {found.broken.total} broken, {found.both_right} right in both,{' '}
        {found.both_wrong} wrong in both. McNemar: exact p {pText(found.exact)}, mid-p {pText(found.mid_p)}. Better or
        worse is said only where the interval excludes 0.
      </p>
    </div>
  );
}
