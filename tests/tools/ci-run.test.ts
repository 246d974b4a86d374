import { spawnSync } from 'node:child_process';
import { readFileSync, statSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';

const script = fileURLToPath(new URL('../../.ci/run', import.meta.url));

it('.ci/run is executable and valid bash', () => {
  expect(statSync(script).mode & 0o111).toBe(0o111);
  expect(spawnSync('bash', ['-n', script], { encoding: 'utf8' })).toMatchObject({ status: 0, stderr: '' });
});

it('.ci/run sums the closing lines of all runners and counts one that has none', () => {
  const functions =
    readFileSync(script, 'utf8')
      .split('\nsystem_packages\n')[0]
      ?.replace(/^cd .*$/m, '') ?? '';
  const sum = (steps: string) =>
    spawnSync('bash', ['-c', `${functions}\n${steps}\necho "$passed $failed $skipped"`], { encoding: 'utf8' })
      .stdout.trim()
      .split('\n')
      .at(-1);
  expect(sum('step a echo "5 passed, 0 failed, 2 skipped"; step b echo "peers: 3 passed, 1 failed, 4 skipped"')).toBe(
    '8 1 6',
  );
  expect(sum('step a echo nothing')).toBe('0 1 0');
  expect(sum('step a bash -c \'echo "5 passed, 0 failed, 0 skipped"; exit 3\'')).toBe('5 1 0');
});
