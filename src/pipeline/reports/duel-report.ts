import { type DuelFigure, type DuelOfLevel, duelFigures, type RecordedDuel } from '../domain/duel.ts';
import { overallMetricInfo } from '../domain/metrics.ts';
import { counted, formatEstimate, formatFigure, notDefined } from './format.ts';
import { htmlPage, htmlTable } from './html-page.ts';
import { type Markup, markup } from './markup.ts';

/** Two models on the same images as a self-contained HTML page, scans first. */
export function duelReportHtml(recorded: RecordedDuel): string {
  const { duel, warnings, sentence, madeAt } = recorded;
  return htmlPage({
    title: 'Model duel',
    createdAt: madeAt,
    body: markup`<section><h2>The result</h2>
<p><strong>${sentence}</strong></p>
${warnings.map(
  (warning) => markup`<p class="warning">${warning}</p>
`,
)}${aboutTable(recorded)}<p>"Better" and "worse" are said only where the interval excludes 0.</p></section>
${levelSection('By scan: the joint vote of its slices', 'scans', duel.scan)}${levelSection('By slice', 'slices', duel.slice)}`,
  });
}

function aboutTable({ a, b, ids, duel }: RecordedDuel): Markup {
  const { images, scans, groups } = duel.compared;
  const compared = `${counted(images, 'image')} of ${counted(scans, 'scan')} of ${counted(groups, 'patient group')}`;
  return htmlTable(
    'What was compared',
    [
      { title: '', kind: 'text' },
      { title: 'Value', kind: 'name' },
    ],
    [
      ['A, what there is', `${a} (${ids.a})`],
      ['B, what may replace it', `${b} (${ids.b})`],
      ['On', compared],
      ...duel.left_out.map(({ what, images: count }) => ['Left out', `${what}: ${counted(count, 'image')}`]),
    ],
  );
}

function levelSection(title: string, unit: string, level: DuelOfLevel): Markup {
  const { cases, both_right: right, both_wrong: wrong, fixed, broken } = level;
  return markup`<section><h2>${title}</h2>
<p>Of ${cases} ${unit} ${fixed.total} fixed (A was wrong, B is right), ${broken.total} broken, ${right} right in both, ${wrong} wrong in both.
McNemar's test: exact p ${pText(level.exact)}, mid-p ${pText(level.mid_p)}.</p>
${figureTable(level)}${caseTable(`Fixed ${unit}`, fixed)}${caseTable(`Broken ${unit}`, broken)}</section>
`;
}

function figureTable(level: DuelOfLevel): Markup {
  const row = (name: DuelFigure): string[] => {
    const { a, b, difference, verdict } = level.figures[name];
    return [overallMetricInfo[name].title, textOf(a), textOf(b), formatEstimate(difference), verdict];
  };
  return htmlTable(
    'Figures; in brackets the 95 % interval of the paired bootstrap over patient groups',
    [
      { title: 'Figure', kind: 'text' },
      { title: 'A', kind: 'number' },
      { title: 'B', kind: 'number' },
      { title: 'B minus A', kind: 'number' },
      { title: 'Verdict on B', kind: 'text' },
    ],
    duelFigures.map(row),
  );
}

function caseTable(title: string, { total, rows }: DuelOfLevel['fixed']): Markup {
  if (total === 0) return markup``;
  const caption = total > rows.length ? `${title}: the first ${rows.length} of ${total}` : `${title}: ${total}`;
  return htmlTable(
    caption,
    [
      { title: 'Name', kind: 'name' },
      { title: 'Class', kind: 'name' },
      { title: 'A said', kind: 'name' },
      { title: 'B said', kind: 'name' },
    ],
    rows.map((each) => [
      each.name,
      each.class,
      `${each.a} ${formatFigure(each.probability_a)}`,
      `${each.b} ${formatFigure(each.probability_b)}`,
    ]),
  );
}

function textOf(value: number | null): string {
  return value === null ? notDefined : formatFigure(value);
}

function pText(p: number): string {
  return p < 0.001 ? '< 0.001' : p.toFixed(3);
}
