import { type Markup, markup } from './markup.ts';

export const ink = '#1a1a1a';
export const faintInk = '#595959';
export const gridInk = '#d9d9d9';
const font = 'system-ui, "Segoe UI", "DejaVu Sans", sans-serif';

/**
 * Line colours that colour-blind readers can tell apart (Okabe & Ito 2008; its yellow is too faint on white).
 * Each comes with a dash pattern, so that a print in grey can be read too.
 */
const lineStyles = [
  { color: '#0072B2', dash: 'none' },
  { color: '#D55E00', dash: '8 3' },
  { color: '#009E73', dash: '2 3' },
  { color: '#CC79A7', dash: '8 3 2 3' },
  { color: '#E69F00', dash: '12 4' },
  { color: '#56B4E9', dash: '4 2' },
  { color: '#000000', dash: '1 2' },
] as const;

export function lineStyle(index: number): { readonly color: string; readonly dash: string } {
  const round = Math.floor(index / lineStyles.length);
  const { color } = lineStyles[index % lineStyles.length] ?? lineStyles[0];
  // The second time round each colour comes with another dash: no two of 20 lines look the same.
  const { dash } = lineStyles[(index + round) % lineStyles.length] ?? lineStyles[0];
  return { color, dash };
}

interface Picture {
  readonly width: number;
  readonly height: number;
  readonly title: string;
  /** What the picture says, in words, for readers who cannot see it. */
  readonly description: string;
}

/** A standalone SVG document. @param body what is drawn; coordinates in pixels from the top left */
export function svgDocument({ width, height, title, description }: Picture, body: Markup): string {
  return markup`<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" role="img" aria-labelledby="title desc" font-family="${font}" font-size="13" fill="${ink}">
<title id="title">${title}</title>
<desc id="desc">${description}</desc>
<rect width="${width}" height="${height}" fill="#ffffff"/>
<text x="16" y="26" font-size="16" font-weight="600">${title}</text>
${body}
</svg>
`.text;
}

/** A square or oblong of the page in which x and y run between two limits. */
export interface Panel {
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
  readonly x: readonly [number, number];
  readonly y: readonly [number, number];
}

/** Page coordinates of a point, rounded to a tenth of a pixel. */
export function place(panel: Panel, x: number, y: number): readonly [number, number] {
  const along = (value: number, [low, high]: readonly [number, number]) =>
    high === low ? 0.5 : (value - low) / (high - low);
  return [
    tenth(panel.left + along(x, panel.x) * panel.width),
    tenth(panel.top + (1 - along(y, panel.y)) * panel.height),
  ];
}

export function tenth(value: number): number {
  return Math.round(value * 10) / 10;
}

/** 0 and up in steps of 1, 2 or 5 times a power of ten, the last one at or above the highest value. */
export function niceTicks(highest: number): number[] {
  const rough = highest / 4;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = [1, 2, 5, 10].map((factor) => factor * power).find((candidate) => candidate >= rough) ?? rough;
  const count = Math.ceil(highest / step - 1e-9);
  return Array.from({ length: count + 1 }, (_, i) => Number((i * step).toPrecision(12)));
}

interface Axes {
  readonly xTicks: readonly number[];
  readonly yTicks: readonly number[];
  readonly xLabel: string;
  readonly yLabel: string;
}

/** Frame, grid, tick labels and axis names of a panel. */
export function axes(panel: Panel, { xTicks, yTicks, xLabel, yLabel }: Axes): Markup {
  const bottom = panel.top + panel.height;
  const right = panel.left + panel.width;
  const middleY = tenth(panel.top + panel.height / 2);
  const vertical = xTicks.map((tick) => {
    const [x] = place(panel, tick, panel.y[0]);
    return markup`<path d="M${x} ${panel.top}V${bottom}" stroke="${gridInk}"/><text x="${x}" y="${bottom + 17}" text-anchor="middle">${tick}</text>`;
  });
  const horizontal = yTicks.map((tick) => {
    const [, y] = place(panel, panel.x[0], tick);
    return markup`<path d="M${panel.left} ${y}H${right}" stroke="${gridInk}"/><text x="${panel.left - 7}" y="${tenth(y + 4.5)}" text-anchor="end">${tick}</text>`;
  });
  return markup`<g>${vertical}${horizontal}
<rect x="${panel.left}" y="${panel.top}" width="${panel.width}" height="${panel.height}" fill="none" stroke="${ink}"/>
<text x="${panel.left + panel.width / 2}" y="${bottom + 38}" text-anchor="middle">${xLabel}</text>
<text transform="translate(${panel.left - 44} ${middleY}) rotate(-90)" text-anchor="middle">${yLabel}</text></g>
`;
}

/** A line through points of a panel; points that fall on the pixel before are left out. */
export function polyline(
  panel: Panel,
  points: Iterable<readonly [number, number]>,
  style: { readonly color: string; readonly dash: string },
): Markup {
  const drawn: string[] = [];
  for (const [x, y] of points) {
    const at = place(panel, x, y).join(' ');
    if (at !== drawn.at(-1)) drawn.push(at);
  }
  return markup`<polyline points="${drawn.join(' ')}" fill="none" stroke="${style.color}" stroke-width="2" stroke-dasharray="${style.dash}"/>
`;
}

/** The dashed line of chance (ROC) or of perfect calibration. */
export function diagonal(panel: Panel): Markup {
  const [x0, y0] = place(panel, panel.x[0], panel.y[0]);
  const [x1, y1] = place(panel, panel.x[1], panel.y[1]);
  return markup`<path d="M${x0} ${y0}L${x1} ${y1}" stroke="${faintInk}" stroke-dasharray="4 4"/>
`;
}

/** One line of a legend: a piece of the line, then its name. */
export function legendLine(left: number, y: number, index: number, label: string, full: string): Markup {
  const { color, dash } = lineStyle(index);
  return markup`<g><title>${full}</title><path d="M${left} ${y - 4}h30" stroke="${color}" stroke-width="2" stroke-dasharray="${dash}"/><text x="${left + 38}" y="${y}">${label}</text></g>
`;
}
