import { tmpdir } from 'node:os';
import { beforeAll, describe, expect, it } from 'vitest';
import { exitCodes } from '../../src/main/cli/exit-codes.ts';
import { probe } from '../../src/main/doctor/probe.ts';
import { errorTable } from '../../src/pipeline/domain/error-table.ts';
import { exitCodeOf, HilumError, isErrorCode } from '../../src/pipeline/domain/errors.ts';
import { buildHilum, hilum } from '../helpers/hilum.ts';

beforeAll(buildHilum);

describe('doctor', () => {
  it('says of each part whether it is there, and names a command for each that is not', async () => {
    const { code, stdout } = await hilum(tmpdir(), 'doctor', '--json');
    const report = JSON.parse(stdout);
    const states = new Map<string, boolean>();
    for (const { name, ok, found, mend } of report.checks) {
      states.set(name, ok);
      expect(found).not.toBe('');
      expect(mend === '').toBe(ok);
    }
    // What these tests themselves run on.
    for (const name of ['Node', 'onnxruntime-node', 'sharp', 'better-sqlite3']) expect(states.get(name)).toBe(true);
    expect([...states.keys()]).toEqual(
      expect.arrayContaining(['TensorFlow', 'demo model', 'cores', 'memory', 'inference speed']),
    );
    expect(code).toBe([...states.values()].every(Boolean) ? 0 : 4);
    const text = (await hilum(tmpdir(), 'doctor')).stdout;
    expect(text).toContain('SQLite');
    expect(text).toMatch(/inference speed +ok +\d+ images a second \(ONNX Runtime/);
  });

  it('survives a module that takes its process down, or is not there', async () => {
    expect(await probe('process.kill(process.pid, "SIGSEGV"); setInterval(() => {}, 1000);')).toEqual({
      ok: false,
      fault: 'ended with SIGSEGV',
    });
    expect(await probe("load('no-such-package')")).toMatchObject({
      ok: false,
      fault: expect.stringContaining('no-such-package'),
    });
    expect(await probe("console.log('fine')")).toEqual({ ok: true, printed: 'fine' });
  });
});

describe('capabilities', () => {
  it('lists every command with its options, and every exit code an error can have', async () => {
    const { code, stdout } = await hilum(tmpdir(), 'capabilities', '--json');
    expect(code).toBe(0);
    const value = JSON.parse(stdout);
    const commands = new Map<string, { options: { flags: string }[] }>();
    for (const command of value.commands) commands.set(command.name, command);
    expect([...commands.keys()]).toEqual(
      expect.arrayContaining(['classify', 'merge', 'models verify', 'doctor', 'capabilities']),
    );
    expect(commands.get('classify')?.options.map(({ flags }) => flags)).toContain('--shard <i/n>');
    for (const name of Object.keys(errorTable)) {
      if (isErrorCode(name)) expect(Object.keys(exitCodes).map(Number)).toContain(exitCodeOf(new HilumError(name)));
    }
    expect((await hilum(tmpdir(), 'capabilities')).stdout).toContain('classify');
  });
});
