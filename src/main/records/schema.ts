import Database from 'better-sqlite3';
import { HilumError } from '../../pipeline/domain/errors.ts';
import { migrations } from './migrations/index.ts';

/** SQL of every table, index and trigger, sorted by name. */
export function schemaOf(db: Database.Database): string {
  const query = "SELECT sql FROM sqlite_schema WHERE name NOT LIKE 'sqlite@_%' ESCAPE '@' ORDER BY name";
  return db.prepare(query).pluck().all().join(';\n');
}

/**
 * Refuses a file whose schema is not exactly ours: a crafted view or trigger would run with our rights.
 * @throws HilumError `records/corrupt`
 */
export function requireOwnSchema(db: Database.Database): void {
  const expected = new Database(':memory:');
  try {
    for (const statement of migrations.flat()) expected.exec(statement);
    if (schemaOf(db) !== schemaOf(expected)) throw new HilumError('records/corrupt', { what: 'schema is not ours' });
  } finally {
    expected.close();
  }
}
