import { describe, expect, it } from 'vitest';
import { arithmeticFlags, runEnvironment } from '../../../src/main/studies/environment.ts';

describe('the environment of a run', () => {
  it('names system, processor, engines and lock, without loading an engine', () => {
    const environment = runEnvironment();
    expect(environment).toMatchObject({
      node: process.version,
      platform: `${process.platform}-${process.arch}`,
      cores: expect.any(Number),
      memory_mb: expect.any(Number),
      threads: expect.any(Number),
      onnxruntime: expect.stringMatching(/^\d+\./),
      tfjs: expect.stringMatching(/^\d+\./),
      tensorflow: expect.stringMatching(/^\d+\./),
      sharp: expect.stringMatching(/^\d+\./),
      libvips: expect.stringMatching(/^\d+\./),
      lock_hash: expect.stringMatching(/^[0-9a-f]{64}$/),
    });
    expect(environment.os_release).not.toBe('');
    expect(runEnvironment()).toBe(environment);
  });

  it('holds nothing that names the machine or its user', () => {
    const text = JSON.stringify(runEnvironment());
    for (const name of [process.env.USER, process.env.HOSTNAME, process.env.HOME]) {
      if (name !== undefined && name.length > 4) expect(text).not.toContain(name);
    }
  });
});

describe('processor flags', () => {
  it('are those that change arithmetic, in order', () => {
    const cpuinfo =
      'processor\t: 0\nflags\t\t: fpu vme sse4_2 avx2 avx avx512f fma ht avx512_vnni amx_bf16 nx\nbugs\t: x\n';
    expect(arithmeticFlags(cpuinfo)).toBe('amx_bf16 avx avx2 avx512_vnni avx512f fma sse4_2');
    expect(arithmeticFlags('Features\t: fp asimd evtstrm asimdhp\n')).toBe('asimd asimdhp');
  });

  it('are unknown where the system does not tell', () => {
    expect(arithmeticFlags(undefined)).toBeNull();
    expect(arithmeticFlags('processor : 0\n')).toBeNull();
  });
});
