import { notice } from '../domain/outcome.ts';
import { Markup, type MarkupValue, markup } from './markup.ts';
import type { TextTable } from './metrics-view.ts';

// Nothing is loaded and nothing runs: the policy would stop even a script that slipped through.
const policy = "default-src 'none'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; form-action 'none'";

const css = `
:root { color-scheme: light; }
body { font: 15px/1.45 system-ui, "Segoe UI", "DejaVu Sans", sans-serif; color: #1a1a1a; background: #fff; margin: 0 auto; max-width: 76rem; padding: 0 1.5rem; }
header, footer { padding: 0.75rem 0; }
header { border-bottom: 3px solid #1a1a1a; } footer { border-top: 1px solid #1a1a1a; margin-top: 2rem; }
h1 { font-size: 1.6rem; margin: 0.5rem 0; } h2 { font-size: 1.2rem; margin: 2rem 0 0.5rem; }
.notice { font-weight: 700; } .warning { border-left: 5px solid #D55E00; padding: 0.4rem 0.8rem; font-weight: 600; }
.notes { white-space: pre-wrap; overflow-wrap: anywhere; }
.scroll { overflow-x: auto; } table { border-collapse: collapse; margin: 0.5rem 0 1rem; }
caption { text-align: left; font-weight: 600; padding: 0.3rem 0; }
th, td { text-align: left; vertical-align: top; padding: 0.25rem 0.8rem 0.25rem 0; border-bottom: 1px solid #d9d9d9; }
thead th { border-bottom: 2px solid #1a1a1a; } tbody th { font-weight: 400; } .number { text-align: right; font-variant-numeric: tabular-nums; }
.plots { display: flex; flex-wrap: wrap; gap: 1.5rem; } figure { margin: 0; max-width: 100%; } figure img { max-width: 100%; height: auto; }
bdi, code { overflow-wrap: anywhere; } code { font: 0.9em ui-monospace, "DejaVu Sans Mono", monospace; }
@page { size: A4; margin: 16mm 14mm 18mm; @bottom-left { content: "${notice}"; font: 9pt sans-serif; } @bottom-right { content: counter(page) " / " counter(pages); font: 9pt sans-serif; } }
@media print { body { font-size: 10pt; max-width: none; padding: 0; } thead { display: table-header-group; } tr, figure, .warning { break-inside: avoid; } h2, caption { break-after: avoid; } .scroll { overflow: visible; } }
`;

interface Page {
  readonly title: string;
  /** Date and time, ISO 8601; left out of pages that a repeated run must write byte for byte again. */
  readonly createdAt?: string;
  readonly body: Markup;
}

/** A self-contained HTML page: no script, no network, prints on A4, the notice above and below. */
export function htmlPage({ title, createdAt, body }: Page): string {
  return markup`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="referrer" content="no-referrer">
<title>${title}</title>
<style>${new Markup(css)}</style>
</head>
<body>
<header><p class="notice">${notice}</p><h1>${title}</h1><p>Made by Hilum${createdAt === undefined ? '' : `, ${createdAt}`}</p></header>
<main>
${body}</main>
<footer><p class="notice">${notice}</p></footer>
</body>
</html>
`.text;
}

export interface Column {
  readonly title: string;
  readonly kind: 'text' | 'name' | 'number';
}

/** A table whose first column names the row. `name`: text of others, kept apart from the direction of its neighbours. */
export function htmlTable(
  caption: string,
  columns: readonly Column[],
  rows: readonly (readonly MarkupValue[])[],
): Markup {
  const head = columns.map(({ title, kind }) => markup`<th scope="col"${classOf(kind)}>${title}</th>`);
  const body = rows.map((row) => {
    const cells = columns.map(({ kind }, i) => {
      const value = row[i] ?? '';
      const content = kind === 'name' ? markup`<bdi>${value}</bdi>` : markup`${value}`;
      return i === 0
        ? markup`<th scope="row"${classOf(kind)}>${content}</th>`
        : markup`<td${classOf(kind)}>${content}</td>`;
    });
    return markup`<tr>${cells}</tr>
`;
  });
  return markup`<div class="scroll"><table><caption>${caption}</caption><thead><tr>${head}</tr></thead><tbody>
${body}</tbody></table></div>
`;
}

/** The same for a table of texts. */
export function htmlTextTable({ caption, columns, rows }: TextTable): Markup {
  return htmlTable(
    caption,
    columns.map((title, i) => ({ title, kind: i === 0 ? 'name' : 'text' })),
    rows,
  );
}

/** As an image, not inline: an SVG inside `img` can neither run scripts nor load anything. */
export function htmlFigure({ caption, svg }: { readonly caption: string; readonly svg: string }): Markup {
  const data = Buffer.from(svg, 'utf8').toString('base64');
  return markup`<figure><img alt="${caption}" src="data:image/svg+xml;base64,${data}"><figcaption>${caption}</figcaption></figure>
`;
}

function classOf(kind: Column['kind']): Markup {
  return kind === 'number' ? markup` class="number"` : markup``;
}
