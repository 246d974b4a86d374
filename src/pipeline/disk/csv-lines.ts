import { createReadStream } from 'node:fs';
import { unguard } from './csv.ts';

/**
 * The lines of a CSV file as they stand there, without their line end: a quoted cell may hold line ends of its own. One
 * piece of the file is in memory at a time.
 */
export async function* csvLines(path: string): AsyncGenerator<string, undefined> {
  let held = '';
  let isQuoted = false;
  for await (const piece of createReadStream(path, { encoding: 'utf8' })) {
    const text = String(piece);
    let start = 0;
    for (let i = 0; i < text.length; i++) {
      const letter = text[i];
      // A doubled quote inside a cell closes and opens it again.
      if (letter === '"') isQuoted = !isQuoted;
      else if (letter === '\n' && !isQuoted) {
        yield held + text.slice(start, i);
        held = '';
        start = i + 1;
      }
    }
    held += text.slice(start);
  }
  if (held !== '') yield held;
}

/** The first cell of a line that `csvLine` wrote. */
export function firstCell(line: string): string {
  const quoted = /^"((?:[^"]|"")*)"/.exec(line)?.[1];
  return unguard(quoted === undefined ? (line.split(',', 1)[0] ?? '') : quoted.replaceAll('""', '"'));
}
