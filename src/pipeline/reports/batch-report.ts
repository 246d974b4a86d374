import { type BatchState, batchStates } from '../domain/outcome.ts';
import { counted, formatCount, formatFigure } from './format.ts';
import { htmlPage, htmlTable } from './html-page.ts';
import { type Markup, markup } from './markup.ts';
import { type RowReview, reviewSection } from './review-section.ts';

/** One image, or one file that was refused. */
export interface BatchReportRow {
  readonly file: string;
  readonly image: string;
  readonly scan: string;
  readonly state: BatchState;
  /** Name of the class and its probability; null when refused. */
  readonly class: string | null;
  readonly probability: number | null;
  /** Why it was refused, or why it needs review. */
  readonly code: string | null;
  readonly reason: string | null;
  /** What a reader said of it. */
  readonly review?: RowReview | undefined;
}

export interface BatchReportScan {
  readonly scan: string;
  readonly class: string;
  /** Mean probability of the class over the scan's slices. */
  readonly probability: number;
  /** Slices that voted. */
  readonly images: number;
  readonly keySlices: readonly string[];
}

export interface ReportModel {
  readonly name: string;
  /** SHA-256 of seal.json: which model, to the byte. */
  readonly sealSha256: string;
  /** The card says that the model never saw a patient. */
  readonly trainedOnSyntheticImages: boolean;
}

export interface BatchReport {
  /** What was classified, in the user's words (a folder name). */
  readonly source: string;
  readonly createdAt: string;
  readonly model: ReportModel;
  readonly rows: readonly BatchReportRow[];
  readonly scans: readonly BatchReportScan[];
}

/** Rows of the image table; beyond it a browser crawls, and the CSV file has them all. */
const imageRowLimit = 10_000;

const stateWords: Readonly<Record<BatchState, string>> = {
  answered: 'answered',
  review: 'review: look at it yourself',
  refused: 'refused: no answer',
};

/** Report of one classified folder as a self-contained HTML page. */
export function batchReportHtml(report: BatchReport): string {
  return htmlPage({
    title: 'Classification report',
    createdAt: report.createdAt,
    body: markup`<section><h2>Summary</h2>
<p>Folder: <bdi>${report.source}</bdi></p>
${modelParagraph(report.model)}${summaryTable(report.rows)}</section>
<section><h2>Scans</h2>
${scanTable(report.scans)}</section>
${reviewSection(report.rows)}<section><h2>Refused files</h2>
${refusedTable(report.rows)}</section>
<section><h2>Images</h2>
${imageTable(report.rows)}</section>
`,
  });
}

const syntheticRemark = '(trained on synthetic images)';

/** Which model spoke; a model made of synthetic images says so wherever its name stands. */
export function modelParagraph({ name, sealSha256, trainedOnSyntheticImages }: ReportModel): Markup {
  const isSaid = !trainedOnSyntheticImages || name.includes(syntheticRemark);
  const remark = isSaid ? '' : ` ${syntheticRemark}`;
  const synthetic = markup`<p class="warning">This model was trained on synthetic images. It has never seen a patient; its answers show how the program works and mean nothing else.</p>
`;
  return markup`<p>Model: <bdi>${name}</bdi>${remark}<br>Seal: <code>${sealSha256}</code></p>
${trainedOnSyntheticImages ? synthetic : ''}`;
}

function summaryTable(rows: readonly BatchReportRow[]): Markup {
  const counts = batchStates.map((state) => [stateWords[state], countOf(rows, state)] as const);
  const classes = new Map<string, number>();
  for (const row of rows) if (row.class !== null) classes.set(row.class, (classes.get(row.class) ?? 0) + 1);
  return markup`${htmlTable(
    'What became of each image',
    [
      { title: 'State', kind: 'text' },
      { title: 'Images', kind: 'number' },
    ],
    [...counts.map(([words, count]) => [words, formatCount(count)]), ['in all', formatCount(rows.length)]],
  )}${htmlTable(
    'Answers, review included',
    [
      { title: 'Class', kind: 'name' },
      { title: 'Images', kind: 'number' },
    ],
    [...classes].sort(([a], [b]) => (a < b ? -1 : 1)).map(([name, count]) => [name, formatCount(count)]),
  )}`;
}

function countOf(rows: readonly BatchReportRow[], state: BatchState): number {
  return rows.reduce((count, row) => count + (row.state === state ? 1 : 0), 0);
}

function scanTable(scans: readonly BatchReportScan[]): Markup {
  if (scans.length === 0)
    return markup`<p>No scan has an answer.</p>
`;
  return htmlTable(
    `${counted(scans.length, 'scan')}: the joint vote of its slices, and the slices that speak most for it`,
    [
      { title: 'Scan', kind: 'name' },
      { title: 'Class', kind: 'name' },
      { title: 'Mean probability', kind: 'number' },
      { title: 'Slices', kind: 'number' },
      { title: 'Key slices', kind: 'text' },
    ],
    scans.map((scan) => [
      scan.scan,
      scan.class,
      formatFigure(scan.probability),
      formatCount(scan.images),
      scan.keySlices.map((image, i) => markup`${i === 0 ? '' : markup`<br>`}<bdi>${image}</bdi>`),
    ]),
  );
}

function refusedTable(rows: readonly BatchReportRow[]): Markup {
  const refused = rows.filter((row) => row.state === 'refused');
  if (refused.length === 0)
    return markup`<p>No file was refused.</p>
`;
  return htmlTable(
    `${formatCount(refused.length)} refused`,
    [
      { title: 'File', kind: 'name' },
      { title: 'Code', kind: 'text' },
      { title: 'Reason', kind: 'text' },
    ],
    refused.map((row) => [row.image, markup`<code>${row.code ?? ''}</code>`, row.reason ?? '']),
  );
}

function imageTable(rows: readonly BatchReportRow[]): Markup {
  const shown = rows.slice(0, imageRowLimit);
  const table = htmlTable(
    counted(rows.length, 'image'),
    [
      { title: 'Image', kind: 'name' },
      { title: 'Scan', kind: 'name' },
      { title: 'State', kind: 'text' },
      { title: 'Class', kind: 'name' },
      { title: 'Probability', kind: 'number' },
      { title: 'Note', kind: 'text' },
    ],
    shown.map((row) => [
      row.image,
      row.scan,
      row.state,
      row.class ?? '',
      row.probability === null ? '' : formatFigure(row.probability),
      row.reason ?? row.code ?? '',
    ]),
  );
  if (shown.length === rows.length) return table;
  return markup`<p>The first ${formatCount(shown.length)} of ${formatCount(rows.length)} images; the CSV file has every one.</p>
${table}`;
}
