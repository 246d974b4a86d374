/** Columns of equal width, two blanks between them; numbers to the right. Names are shown as they are. */
export function textTable(header: readonly string[], rows: readonly (readonly (string | number)[])[]): string {
  const cells = [header, ...rows].map((row) => row.map((cell) => plain(String(cell))));
  const widths = header.map((_title, column) => Math.max(...cells.map((row) => [...(row[column] ?? '')].length)));
  const toRight = header.map((_title, column) => rows.length > 0 && rows.every((row) => isNumeric(row[column])));
  const lines = cells.map((row) =>
    row
      .map((cell, column) => {
        const blanks = ' '.repeat(Math.max(0, (widths[column] ?? 0) - [...cell].length));
        return toRight[column] ? blanks + cell : cell + blanks;
      })
      .join('  ')
      .trimEnd(),
  );
  return lines.join('\n');
}

function isNumeric(cell: string | number | undefined): boolean {
  return typeof cell === 'number' || /^(-?[\d.,]+( ?%)?|-|)$/.test(cell ?? '');
}

/** A file name must not steer the terminal. */
function plain(text: string): string {
  return text.replace(/\p{Cc}/gu, '�');
}

/** `1 scan`, `3 scans`. */
export function counted(count: number, one: string, many = `${one}s`): string {
  return `${count} ${count === 1 ? one : many}`;
}
