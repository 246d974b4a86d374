import { describe, expect, it } from 'vitest';
import { commands } from '../../src/main/cli/commands/index.ts';
import { hilum } from '../helpers/cli.ts';

const notice = 'Research use only. Not for diagnosis.';

describe('help and usage', () => {
  it('says the notice at the end of --help of every command, exit 0, on stdout', async () => {
    const runs = await Promise.all(commands.map(({ name }) => hilum([...name.split(' '), '--help'])));
    for (const [index, run] of runs.entries()) {
      const { name, summary } = commands[index] ?? { name: '', summary: '' };
      expect(run.code, name).toBe(0);
      expect(run.stdout.trimEnd().endsWith(notice), name).toBe(true);
      expect(run.stdout.replace(/\s+/g, ' '), name).toContain(summary);
      expect(run.stdout, name).toContain('--json');
      expect(run.stderr, name).toBe('');
    }
  });

  it('lists every command in the help of the program', async () => {
    const { code, stdout } = await hilum(['--help']);
    expect(code).toBe(0);
    for (const { name } of commands) expect(stdout).toContain(`  ${name.split(' ')[0]}`);
    expect(stdout.trimEnd().endsWith(notice)).toBe(true);
  });

  it('prints version and notice', async () => {
    const { code, stdout } = await hilum(['--version']);
    expect(code).toBe(0);
    expect(stdout).toMatch(/^hilum \d+\.\d+\.\d+\n/);
    expect(stdout.trimEnd().endsWith(notice)).toBe(true);
  });

  it.each([
    [['inti', 'x'], '(Did you mean init?)'],
    [['init', 'x', '--sorce', 'y'], '(Did you mean --source?)'],
    [['runs', 'lits'], '(Did you mean list?)'],
    [['init'], "missing required argument 'folder'"],
    [['phantom', 'x', '--scans', 'many'], '--scans'],
    [['phantom', 'x', '--scans', '0'], '--scans'],
    [[], 'Usage:'],
  ])('exits 2 on %j and says what was meant', async (words, sentence) => {
    const { code, stdout, stderr } = await hilum(words);
    expect(code).toBe(2);
    expect(stderr).toContain(sentence);
    expect(stdout).toBe('');
  });
});
