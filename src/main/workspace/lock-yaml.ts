import { type Document, isAlias, isMap, isScalar, isSeq, type Node, type Scalar } from 'yaml';

/**
 * YAML as DVC writes it (ruamel.yaml, round trip, block style, width 80), so that dvc.lock does not depend on who wrote
 * it last. Numbers keep whether they were written as fractions: `1.0` stays `1.0`.
 */
export function lockYaml(document: Document): string {
  const { contents } = document;
  if (!isMap(contents) || contents.items.length === 0) return '{}\n';
  return mapping(contents, 0, document).join('');
}

const bestWidth = 80;
const longestSimpleKey = 128;

function mapping(node: Node, indent: number, document: Document): string[] {
  if (!isMap(node)) return [];
  const pad = ' '.repeat(indent);
  return node.items.map(({ key, value }) => {
    const text = isScalar(key) ? String(key.value) : String(key);
    const written = scalarText(text, { column: indent, indent, split: text.length >= longestSimpleKey });
    const head = text.length < longestSimpleKey ? `${pad}${written}:` : `${pad}? ${written}\n${pad}:`;
    return `${head}${valueText(resolved(value, document), indent, head.length - head.lastIndexOf('\n') - 1, document)}`;
  });
}

/** What follows `key:`, its line break included. */
function valueText(node: Node | null, indent: number, column: number, document: Document): string {
  if (isMap(node)) {
    if (node.items.length === 0) return ' {}\n';
    return `\n${mapping(node, indent + 2, document).join('')}`;
  }
  if (isSeq(node)) {
    if (node.items.length === 0) return ' []\n';
    return `\n${sequence(node, indent, document).join('')}`;
  }
  const text = isScalar(node) ? leaf(node, { column, indent: indent + 2, split: true }) : '';
  return text === '' ? '\n' : `${text}\n`;
}

/** Dashes stand in the column of the key above them. */
function sequence(node: Node, indent: number, document: Document): string[] {
  if (!isSeq(node)) return [];
  const pad = ' '.repeat(indent);
  return node.items.map((item) => {
    const value = resolved(item, document);
    if (isMap(value) && value.items.length > 0) {
      return `${pad}- ${mapping(value, indent + 2, document)
        .join('')
        .slice(indent + 2)}`;
    }
    if (isSeq(value) && value.items.length > 0) {
      return `${pad}- ${sequence(value, indent + 2, document)
        .join('')
        .slice(indent + 2)}`;
    }
    return `${pad}-${valueText(value, indent, indent + 1, document)}`;
  });
}

function resolved(value: unknown, document: Document): Node | null {
  if (isAlias(value)) return value.resolve(document) ?? null;
  return isMap(value) || isSeq(value) || isScalar(value) ? value : null;
}

interface Place {
  /** Code points before the value on its line, the key's colon included. */
  readonly column: number;
  /** Of lines that follow. */
  readonly indent: number;
  readonly split: boolean;
}

function leaf(node: Scalar, place: Place): string {
  const { value } = node;
  if (value === null || value === undefined) return '';
  if (typeof value === 'boolean' || typeof value === 'bigint') return ` ${String(value)}`;
  if (typeof value === 'number') return ` ${numberText(value, node.source)}`;
  const text = String(value);
  // DVC reads a bare date as a date.
  if (node.type === 'PLAIN' && isTime(text)) return ` ${text}`;
  return ` ${scalarText(text, { ...place, column: place.column + 1 })}`;
}

/** As Python writes it. @param source as it stood in a file, when it did */
function numberText(value: number, source: string | undefined): string {
  if (Number.isNaN(value)) return '.nan';
  if (!Number.isFinite(value)) return value < 0 ? '-.inf' : '.inf';
  const isWhole = source === undefined ? Number.isInteger(value) : /^[-+]?(\d+|0x[\da-f]+|0o[0-7]+)$/i.test(source);
  if (isWhole) return String(value);
  const [digits = '0', exponent = '0'] = value.toExponential().split('e');
  const power = Number(exponent);
  if (power < -4 || power >= 16) {
    return `${digits}e${power < 0 ? '-' : '+'}${String(Math.abs(power)).padStart(2, '0')}`;
  }
  const fixed = power < 0 ? value.toFixed(Math.max(0, digits.replace(/[-.]/g, '').length - 1 - power)) : String(value);
  const signed = Object.is(value, -0) ? '-0' : fixed;
  return signed.includes('.') ? signed : `${signed}.0`;
}

function scalarText(text: string, place: Place): string {
  if (/[\p{Cc}\p{Cs}\ufeff\ufffe\uffff\u2028\u2029]/u.test(text)) return doubleQuoted(text);
  if (isPlain(text)) return folded(text, place, 'plain');
  if (text.includes("'")) return `"${folded(text.replace(/["\\]/g, '\\$&'), { ...place, split: false }, 'quoted')}"`;
  return `'${folded(text, { ...place, column: place.column + 1 }, 'quoted')}'`;
}

/** What YAML 1.2 would read as something else than a text, and what it has signs for. */
function isPlain(text: string): boolean {
  if (text === '' || /^ | $|: |:$| #/.test(text)) return false;
  if (/^[#,[\]{}&*!|>'"%@`]/.test(text) || /^[-?:]( |$)/.test(text) || /^(---|\.\.\.)/.test(text)) return false;
  return !/^(true|false|null|~|=|<<)$/i.test(text) && !isNumber(text) && !isTime(text);
}

function isNumber(text: string): boolean {
  return (
    /^[-+]?([0-9][0-9_]*\.[0-9_]*([eE][-+]?[0-9]+)?|[0-9][0-9_]*[eE][-+]?[0-9]+|\.[0-9_]+([eE][-+][0-9]+)?)$/.test(
      text,
    ) ||
    /^[-+]?(\.inf|\.Inf|\.INF)$|^(\.nan|\.NaN|\.NAN)$/.test(text) ||
    /^[-+]?(0b[0-1_]+|0o?[0-7_]+|[0-9_]+|0x[0-9a-fA-F_]+)$/.test(text)
  );
}

function isTime(text: string): boolean {
  return (
    /^\d{4}-\d\d-\d\d$/.test(text) ||
    /^\d{4}-\d\d?-\d\d?([Tt]|[ \t]+)\d\d?:\d\d:\d\d(\.\d*)?([ \t]*(Z|[-+]\d\d?(:\d\d)?))?$/.test(text)
  );
}

/** Long texts go on in the next line, exactly where ruamel breaks them. */
function folded(text: string, { column: start, indent, split }: Place, style: 'plain' | 'quoted'): string {
  let column = start;
  let out = '';
  const words = text.split(/( +)/);
  for (const [index, word] of words.entries()) {
    const length = [...word].length;
    if (index % 2 === 1) {
      const isFull = style === 'plain' ? column >= bestWidth : column > bestWidth && out !== '';
      if (length === 1 && isFull && split && index < words.length - 1) {
        out += `\n${' '.repeat(indent)}`;
        column = indent;
        continue;
      }
    } else if (style === 'plain' && split && column + length > bestWidth && column > indent) {
      out += `\n${' '.repeat(indent)}`;
      column = indent;
    }
    out += word;
    column += length;
  }
  return out;
}

const escapes: Readonly<Record<string, string>> = {
  '\0': '0',
  '\x07': 'a',
  '\b': 'b',
  '\t': 't',
  '\n': 'n',
  '\v': 'v',
  '\f': 'f',
  '\r': 'r',
  '\x1b': 'e',
  '"': '"',
  '\\': '\\',
  '\x85': 'N',
  '\xa0': '_',
  '\u2028': 'L',
  '\u2029': 'P',
};

function doubleQuoted(text: string): string {
  const hex = (code: number): string => {
    const digits = code.toString(16).toUpperCase();
    if (code <= 0xff) return `\\x${digits.padStart(2, '0')}`;
    return code <= 0xffff ? `\\u${digits.padStart(4, '0')}` : `\\U${digits.padStart(8, '0')}`;
  };
  const inner = [...text].map((sign) => {
    const short = escapes[sign];
    if (short !== undefined && sign !== '\xa0') return `\\${short}`;
    const code = sign.codePointAt(0) ?? 0;
    const isShown =
      (code >= 0x20 && code <= 0x7e) ||
      (code >= 0xa0 && code <= 0xd7ff) ||
      (code >= 0xe000 && code <= 0xfffd && code !== 0xfeff) ||
      code >= 0x10000;
    return isShown ? sign : hex(code);
  });
  return `"${inner.join('')}"`;
}
