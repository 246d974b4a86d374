import { afterEach, describe, expect, it, vi } from 'vitest';
import { forkUtilityWorker } from '../../../src/main/jobs/ports/utility-process.ts';
import type { WorkerExit } from '../../../src/main/jobs/ports/worker-port.ts';
import { runStage } from '../../../src/main/jobs/run-stage.ts';
import { startWorker } from '../../../src/main/jobs/supervisor.ts';
import { endMessage } from '../../../src/pipeline/protocol.ts';
import { FakeElectron, type FakeUtility } from './fake-electron.ts';
import { startApp } from './start.ts';

function forked(electron = new FakeElectron()) {
  const port = forkUtilityWorker(electron.port.utilityProcess, { script: '/app/worker.cjs', heapMb: 512 });
  const fork = electron.forks[0];
  if (fork === undefined) throw new Error('nothing was forked');
  return { port, ...fork };
}

/** Ends the child as Electron tells it. */
async function end(child: FakeUtility, port: { onExit(listener: (exit: WorkerExit) => void): void }, code: number) {
  const exits: WorkerExit[] = [];
  port.onExit((exit) => exits.push(exit));
  child.emit('exit', code);
  expect(exits, 'nobody is told inside the event').toEqual([]);
  await vi.waitFor(() => expect(exits).toHaveLength(1));
  return exits[0];
}

afterEach(() => vi.unstubAllEnvs());

describe('a worker inside the app', () => {
  it('is forked as section 3 says: name, pipes, heap limit, and an environment without secrets', () => {
    vi.stubEnv('AWS_SECRET_ACCESS_KEY', 'secret');
    vi.stubEnv('NODE_OPTIONS', '--inspect');
    vi.stubEnv('HILUM_THREADS', '2');
    const { script, args, options } = forked();
    expect([script, args]).toEqual(['/app/worker.cjs', []]);
    expect(Object.keys(options).sort()).toEqual(['env', 'execArgv', 'serviceName', 'stdio']);
    expect(options).toMatchObject({ serviceName: 'pipeline', stdio: 'pipe', execArgv: ['--max-old-space-size=512'] });
    expect(options.env).toMatchObject({ HILUM_THREADS: '2', PATH: process.env.PATH });
    expect(options.env).not.toHaveProperty('AWS_SECRET_ACCESS_KEY');
    expect(options.env).not.toHaveProperty('NODE_OPTIONS');
  });

  it('hears and says plain values', () => {
    const { port, child } = forked();
    const heard: unknown[] = [];
    port.onMessage((message) => heard.push(message));
    child.emit('message', { type: 'ready', pid: 1 });
    port.send({ type: 'cancel', id: 'a' });
    expect(heard).toEqual([{ type: 'ready', pid: 1 }]);
    expect(child.posted).toEqual([{ type: 'cancel', id: 'a' }]);
  });

  it('[A13] is never posted to inside its exit event, or after', async () => {
    const { port, child } = forked();
    child.on('exit', () => {
      port.send('too late');
      port.stop();
    });
    await end(child, port, 1);
    port.send('too late');
    port.stop();
    port.kill();
    expect(child.posted).toEqual([]);
    expect(child.kills).toBe(0);
  });

  it('tells its code and the end of its stderr', async () => {
    const { port, child } = forked();
    child.stderr.write('x'.repeat(20_000));
    child.stderr.write('TypeError\n    at run (worker.cjs:1:1)\n');
    const exit = await end(child, port, 7);
    expect(exit).toMatchObject({ code: 7, signal: null });
    expect(exit?.stderrTail).toMatch(/x+TypeError\n {4}at run \(worker\.cjs:1:1\)\n$/);
    expect(exit?.stderrTail.length).toBe(16 * 1024);
  });

  it('[D2] takes of a fatal error whether memory ran out, and never the report', async () => {
    const { port, child } = forked();
    const report = JSON.stringify({ environmentVariables: { TOKEN: 'secret' } });
    child.emit('error', 'FatalError', 'Reached heap limit', report);
    const exit = await end(child, port, 134);
    expect(exit?.stderrTail).toContain('heap out of memory');
    expect(JSON.stringify(exit)).not.toContain('secret');
  });

  it('does not stop at a full stdout', () => {
    const { child } = forked();
    expect(child.stdout.readableFlowing).toBe(true);
  });

  it('is asked to end by a message, and ended at once by a signal that cannot be refused', () => {
    const { port, child } = forked();
    port.stop();
    expect(child.posted).toEqual([endMessage]);
    const kill = vi.spyOn(process, 'kill').mockImplementation(() => true);
    port.kill();
    expect(kill.mock.calls).toEqual([[4242, 'SIGKILL']]);
    kill.mockImplementation(() => {
      throw Object.assign(new Error('gone'), { code: 'ESRCH' });
    });
    expect(() => port.kill()).not.toThrow();
    kill.mockRestore();
    child.pid = undefined;
    port.kill();
    expect(child.kills).toBe(1);
  });
});

describe('supervised as any worker', () => {
  it('runs a stage, and a death inside it reaches the caller with its reason', async () => {
    const electron = new FakeElectron();
    const { surroundings } = await startApp({ electron });
    const starting = surroundings().openWorker({ heapMb: 1024 });
    const fork = electron.forks[0];
    expect(fork).toMatchObject({
      script: '/app/out/main/worker.cjs',
      options: { execArgv: ['--max-old-space-size=1024'] },
    });
    fork?.child.emit('message', { type: 'ready', pid: 77 });
    const worker = await starting;
    expect(worker.pid).toBe(77);
    const running = runStage(worker, { stage: 'verify', input: { model: 'm' } });
    fork?.child.emit('exit', 139);
    await expect(running).rejects.toMatchObject({ code: 'worker/died', facts: { reason: 'exit code 139' } });
    expect(worker.alive).toBe(false);
    await worker.stop();
  });

  it('one that cannot be forked is named', async () => {
    const refusing = {
      fork: () => {
        throw new Error('utilityProcess.fork before ready');
      },
    };
    const starting = startWorker(() => forkUtilityWorker(refusing, { script: 'x', heapMb: 64 }));
    await expect(starting).rejects.toMatchObject({ code: 'worker/not-ready' });
  });
});
