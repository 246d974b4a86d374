import type { BatchState } from '../../pipeline/domain/outcome.ts';

/** Which images of a batch are asked for; a list that is empty or left out takes all. */
export interface RowFilter {
  readonly states?: readonly BatchState[] | undefined;
  /** Indices of classes; refused images have none. */
  readonly predicted?: readonly number[] | undefined;
  readonly minProbability?: number | undefined;
  readonly maxProbability?: number | undefined;
  /** Part of the image's name or of its scan; letter case is ignored. */
  readonly text?: string | undefined;
  readonly reviewed?: boolean | undefined;
  readonly scan?: string | undefined;
}

export type RowSortKey = 'file' | 'scan' | 'state' | 'class' | 'probability' | 'urgency' | 'review';

export interface RowOrder {
  readonly by: RowSortKey;
  readonly descending: boolean;
  /** Rank of each class by name, and by urgency; `refused` is the rank of an image without a class. */
  readonly ranks: { readonly name: ClassRanks; readonly urgency: ClassRanks };
}

/** Lower ranks come first. */
export interface ClassRanks {
  readonly classes: readonly number[];
  readonly refused: number;
}

/** A piece of SQL and what is bound to its question marks. Nothing that a user wrote stands in the text itself. */
export interface SqlPart {
  readonly sql: string;
  readonly values: readonly (string | number)[];
}

/** Conditions on `batch_rows r` besides the batch. */
export function filterSql(filter: RowFilter): SqlPart {
  const parts: SqlPart[] = [];
  const add = (sql: string, ...values: readonly (string | number)[]): void => void parts.push({ sql, values });
  const { states = [], predicted = [], minProbability, maxProbability, text, reviewed, scan } = filter;
  if (states.length > 0) add(`r.state IN (${marks(states)})`, ...states);
  if (predicted.length > 0) add(`r.predicted IN (${marks(predicted)})`, ...predicted);
  if (minProbability !== undefined) add('r.probability >= ?', minProbability);
  if (maxProbability !== undefined) add('r.probability <= ?', maxProbability);
  if (reviewed !== undefined) add(`r.review IS ${reviewed ? 'NOT NULL' : 'NULL'}`);
  if (scan !== undefined) add('r.scan = ?', scan);
  if (text !== undefined && text !== '') parts.push(textSql(text));
  return { sql: parts.map(({ sql }) => ` AND ${sql}`).join(''), values: parts.flatMap(({ values }) => values) };
}

const stateOrder = "CASE r.state WHEN 'review' THEN 0 WHEN 'refused' THEN 1 ELSE 2 END";
const decisionOrder = "CASE v.decision WHEN 'accept' THEN 1 WHEN 'correct' THEN 2 WHEN 'refuse' THEN 3 ELSE 0 END";

/** The order of `batch_rows r` (and of their reviews `v`); equals stand in the order of the list. */
export function orderSql({ by, descending, ranks }: RowOrder): SqlPart {
  const way = descending ? 'DESC' : 'ASC';
  const inList = 'r.item, r.frame';
  const plain = (sql: string): SqlPart => ({ sql, values: [] });
  switch (by) {
    case 'file':
      return plain(`r.item ${way}, r.frame ${way}`);
    case 'scan':
      return plain(`r.scan ${way}, ${inList}`);
    case 'state':
      return plain(`${stateOrder} ${way}, ${inList}`);
    case 'probability':
      return plain(`r.probability ${way} NULLS LAST, ${inList}`);
    case 'review':
      return plain(`${decisionOrder} ${way}, v.class ${way}, ${inList}`);
    case 'class': {
      const rank = rankSql(ranks.name);
      return { sql: `r.predicted IS NULL, ${rank.sql} ${way}, ${inList}`, values: rank.values };
    }
    case 'urgency': {
      const rank = rankSql(ranks.urgency);
      return { sql: `${rank.sql} ${way}, r.probability ${way}, ${inList}`, values: rank.values };
    }
    default:
      return by satisfies never;
  }
}

function rankSql({ classes, refused }: ClassRanks): SqlPart {
  const cases = classes.map(() => 'WHEN ? THEN ?').join(' ');
  return {
    sql: `CASE r.predicted ${cases} ELSE ? END`,
    values: [...classes.flatMap((rank, index) => [index, rank]), refused],
  };
}

/** LIKE folds the letters of ASCII only: other letters are asked for in both cases. */
function textSql(text: string): SqlPart {
  const forms = new Set(isAscii(text) ? [text] : [text, text.toLowerCase(), text.toUpperCase()]);
  const patterns = [...forms].map((form) => `%${form.replace(/[!%_]/g, '!$&')}%`);
  const sql = patterns.map(() => "r.image LIKE ? ESCAPE '!' OR r.scan LIKE ? ESCAPE '!'").join(' OR ');
  return { sql: `(${sql})`, values: patterns.flatMap((pattern) => [pattern, pattern]) };
}

function isAscii(text: string): boolean {
  return Buffer.byteLength(text) === text.length;
}

function marks(values: readonly unknown[]): string {
  return values.map(() => '?').join(', ');
}
