import { HilumError } from '../../../pipeline/domain/errors.ts';

/** Section → key → value. `remote "store"` is a section's whole name. */
export type IniSections = Readonly<Record<string, Readonly<Record<string, string>>>>;

/**
 * Reads the INI dialect of DVC's configuration files (ConfigObj's): `['remote "store"']`, values bare or in quotes.
 * Keys are lower-cased, as DVC does. @throws HilumError `dvc/bad-config`
 */
export function parseIni(text: string, file: string): IniSections {
  const sections: Record<string, Record<string, string>> = {};
  let current: Record<string, string> | undefined;
  for (const [index, raw] of text
    .replace(/^\uFEFF/, '')
    .split(/\r?\n/)
    .entries()) {
    const line = raw.trim();
    if (line === '' || line.startsWith('#')) continue;
    const head = /^\[\s*(.+?)\s*\]\s*(?:#.*)?$/.exec(line);
    if (head !== null) {
      const name = unquoted(head[1] ?? '');
      current = sections[name] ?? {};
      sections[name] = current;
      continue;
    }
    const equals = line.indexOf('=');
    if (equals < 1 || current === undefined) throw new HilumError('dvc/bad-config', { file, line: index + 1 });
    current[unquoted(line.slice(0, equals).trim()).toLowerCase()] = readValue(line.slice(equals + 1).trim());
  }
  return sections;
}

/** The text that DVC itself would write for these sections; one without keys is left out. */
export function iniText(sections: IniSections): string {
  const lines: string[] = [];
  for (const [name, values] of Object.entries(sections)) {
    const pairs = Object.entries(values);
    if (pairs.length === 0) continue;
    lines.push(`[${name.includes('"') ? `'${name}'` : name}]`);
    for (const [key, value] of pairs) lines.push(`    ${key} = ${quoted(value)}`);
  }
  return lines.map((line) => `${line}\n`).join('');
}

function readValue(written: string): string {
  const inQuotes = /^(?:"([^"]*)"|'([^']*)')\s*(?:#.*)?$/.exec(written);
  if (inQuotes !== null) return inQuotes[1] ?? inQuotes[2] ?? '';
  return written.replace(/\s*#.*$/, '');
}

function unquoted(text: string): string {
  const match = /^(?:"([^"]*)"|'([^']*)')$/.exec(text);
  return match === null ? text : (match[1] ?? match[2] ?? '');
}

/** @throws HilumError `dvc/bad-config` for what the dialect cannot hold in one line */
function quoted(value: string): string {
  if (/[\r\n]/.test(value)) throw new HilumError('dvc/bad-config', { file: '.dvc/config' });
  const bare = value !== '' && !/^[\s'"]|[\s'"]$|[,#]/.test(value);
  if (bare) return value;
  if (!value.includes('"')) return `"${value}"`;
  if (!value.includes("'")) return `'${value}'`;
  throw new HilumError('dvc/bad-config', { file: '.dvc/config' });
}
