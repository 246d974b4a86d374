import { formatCount, shortened } from './format.ts';
import { type Markup, markup } from './markup.ts';
import { svgDocument, tenth } from './svg.ts';

const left = 150;
const top = 82;
const labelLength = 16;

/**
 * Confusion matrix as a picture: counts, share of the true class, shade by that share.
 * @param matrix matrix[true][predicted], counts
 */
export function confusionSvg(labels: readonly string[], matrix: readonly (readonly number[])[], title: string): string {
  const cell = labels.length <= 8 ? 84 : 56;
  const side = cell * labels.length;
  const rows = labels.map((label, row) => {
    const counts = matrix[row] ?? [];
    const total = counts.reduce((sum, count) => sum + count, 0);
    const cells = labels.map((other, column) =>
      cellOf({ count: counts[column] ?? 0, total, row, column, cell, truth: label, predicted: other }),
    );
    return markup`${rowLabel(label, total, tenth(top + (row + 0.5) * cell))}${cells}`;
  });
  const columns = labels.map(
    (label, column) =>
      markup`<text x="${left + (column + 0.5) * cell}" y="${top - 10}" text-anchor="middle" font-size="12"><title>${label}</title>${shortened(label, cell > 60 ? 11 : 7)}</text>
`,
  );
  return svgDocument(
    { width: Math.max(left + side + 24, 420), height: top + side + 28, title, description: inWords(labels, matrix) },
    markup`<text x="${left + side / 2}" y="${top - 30}" text-anchor="middle">Predicted class</text>
<text transform="translate(20 ${top + side / 2}) rotate(-90)" text-anchor="middle">True class</text>
${columns}${rows}`,
  );
}

interface Cell {
  readonly count: number;
  readonly total: number;
  readonly row: number;
  readonly column: number;
  readonly cell: number;
  readonly truth: string;
  readonly predicted: string;
}

function cellOf({ count, total, row, column, cell, truth, predicted }: Cell): Markup {
  const share = total === 0 ? 0 : count / total;
  const x = left + column * cell;
  const y = top + row * cell;
  const middle = x + cell / 2;
  const percent = total === 0 ? '' : `${Math.round(share * 100)} %`;
  return markup`<g fill="${share > 0.5 ? '#ffffff' : '#1a1a1a'}" text-anchor="middle"><title>${truth} called ${predicted}: ${count} of ${total}</title><rect x="${x}" y="${y}" width="${cell}" height="${cell}" fill="${shade(share)}" stroke="#8c8c8c"/><text x="${middle}" y="${y + cell / 2 - 1}" font-weight="600">${formatCount(count)}</text><text x="${middle}" y="${y + cell / 2 + 15}" font-size="11">${percent}</text></g>
`;
}

function rowLabel(label: string, total: number, y: number): Markup {
  return markup`<text x="${left - 10}" y="${y}" text-anchor="end" font-size="12"><title>${label}</title>${shortened(label, labelLength)}</text>
<text x="${left - 10}" y="${y + 15}" text-anchor="end" font-size="11">${formatCount(total)} in all</text>
`;
}

/** White to dark blue: one hue, so that the order shows in any colour vision and in grey. */
function shade(share: number): string {
  const mix = (from: number, to: number) => Math.round(from + (to - from) * share);
  return `rgb(${mix(255, 0)},${mix(255, 68)},${mix(255, 136)})`;
}

function inWords(labels: readonly string[], matrix: readonly (readonly number[])[]): string {
  return labels
    .map((truth, row) => {
      const cells = labels.map((predicted, column) => `${matrix[row]?.[column] ?? 0} called ${predicted}`);
      return `True class ${truth}: ${cells.join(', ')}.`;
    })
    .join(' ');
}
