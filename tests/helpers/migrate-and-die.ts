/** Starts the migration of PATH from version 1 and is killed at the statement POSITION, inside its transaction. */
import Database from 'better-sqlite3';
import { migrate } from '../../src/main/records/migrate.ts';
import { migrations } from '../../src/main/records/migrations/index.ts';

const [path = '', position = '0'] = process.argv.slice(2);
const db = new Database(path);
db.function('die', () => {
  process.kill(process.pid, 'SIGKILL');
  return 0;
});
const later = migrations.slice(1).flat();
later.splice(Number(position), 0, 'CREATE TABLE dying AS SELECT die()');
migrate(db, path, [migrations[0] ?? [], later]);
