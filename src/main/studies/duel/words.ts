import {
  type DuelFigure,
  type DuelLevel,
  type DuelOfLevel,
  duelFigures,
  type RecordedDuel,
} from '../../../pipeline/domain/duel.ts';
import { overallMetricInfo } from '../../../pipeline/domain/metrics.ts';
import { estimateText, numberText } from '../figures.ts';
import { counted, textTable } from '../text-table.ts';

/** The result in one sentence, of the balanced accuracy of scans. */
export function duelSentence({ a, b, duel }: Pick<RecordedDuel, 'a' | 'b' | 'duel'>): string {
  const { difference, verdict } = duel.scan.figures.balanced_accuracy;
  const figures = `balanced accuracy by scan ${signed(difference.value)} [${signed(difference.low)}, ${signed(difference.high)}]`;
  if (difference.value === null) return `Nothing can be said of "${b}" against "${a}": a class has no scan.`;
  if (difference.low === null) return `No difference shown between "${b}" and "${a}": too few patient groups.`;
  if (verdict === 'no difference shown') return `No difference shown between "${b}" and "${a}": ${figures}.`;
  return `"${b}" is ${verdict} than "${a}": ${figures}.`;
}

/** Everything for people on a terminal, scans first. @param shown cases of a list */
export function duelText(recorded: RecordedDuel, shown: number): string {
  const { a, b, duel, warnings, sentence } = recorded;
  const { images, scans, groups } = duel.compared;
  const leftOut = duel.left_out.map(({ what, images: count }) => `Left out: ${what.toLowerCase()}: ${count}.`);
  return [
    ...warnings,
    ...(warnings.length > 0 ? [''] : []),
    `A = "${a}", B = "${b}": ${counted(images, 'image')} of ${counted(scans, 'scan')} of ${counted(groups, 'patient group')}.`,
    ...leftOut,
    '',
    sentence,
    '',
    ...levelText('scan', duel.scan, shown),
    '',
    ...levelText('slice', duel.slice, 0),
    '',
    'Brackets: 95 % interval of the paired bootstrap over patient groups. "Better" is said only where it excludes 0.',
  ].join('\n');
}

const units: Readonly<Record<DuelLevel, string>> = { scan: 'scans', slice: 'slices' };

function levelText(level: DuelLevel, found: DuelOfLevel, shown: number): string[] {
  const { fixed, broken } = found;
  const unit = units[level];
  return [
    `By ${level}: ${fixed.total} ${unit} fixed, ${broken.total} broken, ${found.both_right} right in both, ${found.both_wrong} wrong in both. McNemar: exact p ${pText(found.exact)}, mid-p ${pText(found.mid_p)}.`,
    textTable(
      ['figure', 'A', 'B', 'B minus A', 'verdict'],
      duelFigures.map((name) => figureRow(name, found)),
    ),
    ...listText(`Fixed ${unit}`, fixed, shown),
    ...listText(`Broken ${unit}`, broken, shown),
  ];
}

function figureRow(name: DuelFigure, found: DuelOfLevel): string[] {
  const { a, b, difference, verdict } = found.figures[name];
  return [overallMetricInfo[name].title, numberText(a), numberText(b), estimateText(difference), verdict];
}

function listText(title: string, { total, rows }: DuelOfLevel['fixed'], shown: number): string[] {
  if (total === 0 || shown === 0) return [];
  const lines = rows.slice(0, shown).map((each) => [each.name, each.class, each.a, each.b]);
  const more = total > lines.length ? ` (the first ${lines.length} of ${total})` : '';
  return ['', `${title}${more}`, textTable(['name', 'class', 'A said', 'B said'], lines)];
}

/** p values as papers print them. */
export function pText(p: number): string {
  return p < 0.001 ? '< 0.001' : p.toFixed(3);
}

function signed(value: number | null): string {
  return value === null ? 'n/a' : `${value > 0 ? '+' : ''}${value.toFixed(3)}`;
}
