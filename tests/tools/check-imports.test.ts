import { spawnSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { temporaryFolder } from '../helpers/records.ts';

const script = fileURLToPath(new URL('../../tools/check-imports.mjs', import.meta.url));

function check(files: Readonly<Record<string, string>>): { code: number | null; lines: string[] } {
  const root = temporaryFolder();
  for (const [file, text] of Object.entries(files)) {
    mkdirSync(dirname(join(root, file)), { recursive: true });
    writeFileSync(join(root, file), text);
  }
  const { status, stderr } = spawnSync(process.execPath, [script, root], { encoding: 'utf8' });
  return {
    code: status,
    lines: stderr
      .trim()
      .split('\n')
      .filter((line) => line.startsWith('src/')),
  };
}

it('lets through what the table allows', () => {
  const { code, lines } = check({
    'src/pipeline/domain/a.ts': "import { z } from 'zod';\nexport const a = z;\n",
    'src/pipeline/images/png.ts':
      "import sharp from 'sharp';\nimport { a } from '../domain/a.ts';\nexport { a, sharp };\n",
    'src/pipeline/stages/x.ts': "const m = await import('../images/png.ts');\nexport { m };\n",
    'src/main/records/write.ts': 'export const w = (db, f) => db.transaction(f).immediate();\n',
    'src/main/workspace/t.ts': "import t from '../../../config/a.yaml?raw';\nexport { t };\n",
  });
  expect(lines).toEqual([]);
  expect(code).toBe(0);
});

it.each([
  ['src/pipeline/domain/a.ts', "import fs from 'node:fs';", 'stays free of Node'],
  ['src/pipeline/images/a.ts', "import { x } from '../files/x.ts';", 'may not import src/pipeline/files/x.ts'],
  ['src/pipeline/images/a.ts', "import Database from 'better-sqlite3';", 'may not import better-sqlite3'],
  [
    'src/pipeline/metrics/a.ts',
    "export const b = () => import('../reports/b.ts');",
    'may not import src/pipeline/reports/b.ts',
  ],
  [
    'src/pipeline/reports/a.ts',
    "import type { M } from '../metrics/m.ts';",
    'may not import src/pipeline/metrics/m.ts',
  ],
  [
    'src/pipeline/stages/a.ts',
    "import { r } from '../../main/records/index.ts';",
    'may not import src/main/records/index.ts',
  ],
  [
    'src/main/cli/a.ts',
    "import { p } from '../../pipeline/images/png.ts';",
    'may not import src/pipeline/images/png.ts',
  ],
  ['src/main/cli/a.ts', "import { app } from 'electron';", 'may not import electron'],
  ['src/main/jobs/a.ts', "import tf from '@tensorflow/tfjs-node';", 'may not import @tensorflow/tfjs-node'],
  ['src/renderer/a.tsx', "import { join } from 'node:path';", 'stays free of Node'],
  ['src/renderer/a.tsx', '<p dangerouslySetInnerHTML={x} />;', '[A7]'],
  ['src/main/cli/a.ts', 'db.prepare("SELECT 1 FROM x");', 'SQL stands only'],
  ['src/main/records/a.ts', 'db.transaction(work)();', '[E7]'],
  ['src/main/window.ts', 'shell.openPath(x);', '[A5]'],
  ['src/elsewhere/a.ts', "import 'zod';", 'no part of the import table'],
])('refuses in %s: %s', (file, line, sentence) => {
  const { code, lines } = check({ [file]: `// first line\n${line}\n` });
  expect(code).toBe(1);
  expect(lines.some((each) => each.startsWith(`${file}:2: `) && each.includes(sentence))).toBe(true);
});
