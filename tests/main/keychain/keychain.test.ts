import { describe, expect, it, vi } from 'vitest';
import { openKeychain, type SecretPort } from '../../../src/main/keychain/index.ts';

/** A keychain in memory. */
function memory(): SecretPort & { readonly kept: Map<string, string> } {
  const kept = new Map<string, string>();
  return {
    kept,
    get: async (name) => kept.get(name) ?? null,
    set: async (name, secret) => void kept.set(name, secret),
    delete: async (name) => void kept.delete(name),
  };
}

const failing = (message: string) => async (): Promise<never> => {
  throw new Error(message);
};
const silent = (): Promise<never> => new Promise(() => undefined);

describe('the keychain', () => {
  it('keeps, gives and forgets a secret', async () => {
    const port = memory();
    const keychain = await openKeychain({ port: async () => port });
    expect(keychain).toMatchObject({ available: true, problem: null });
    expect(await keychain.get('a')).toBeUndefined();
    await keychain.set('a', 'secret');
    expect(await keychain.get('a')).toBe('secret');
    await keychain.delete('a');
    await keychain.delete('a');
    expect(await keychain.get('a')).toBeUndefined();
    expect(port.kept.size).toBe(0);
  });

  it.each([
    ['the package is not installed', Object.assign(new Error('x'), { code: 'ERR_MODULE_NOT_FOUND' }), /not installed/],
    ['there is no service', new Error('Platform failure: DBus error: no address'), /no keychain service/],
    ['access is denied', new Error('AccessDenied'), /locked or does not let/],
    ['something else is thrown', 'odd', /no keychain service/],
  ])(
    'says in one sentence that %s: nothing is there, nothing can be kept, forgetting is done',
    async (_case, thrown, sentence) => {
      const keychain = await openKeychain({
        port: async () => {
          throw thrown;
        },
      });
      expect(keychain.available).toBe(false);
      expect(keychain.problem).toMatch(sentence);
      expect(await keychain.get('a')).toBeUndefined();
      await keychain.delete('a');
      await expect(keychain.set('a', 'b')).rejects.toMatchObject({ code: 'keychain/unavailable' });
    },
  );

  it('is left alone with HILUM_KEYCHAIN=off, as in every test but that of a real one', async () => {
    expect(process.env.HILUM_KEYCHAIN).toBe('off');
    expect(await openKeychain()).toMatchObject({ available: false, problem: expect.stringContaining('switched off') });
  });

  it('a keychain that never answers costs its time, not the program', async () => {
    vi.useFakeTimers();
    try {
      const opening = openKeychain({ port: async () => ({ ...memory(), get: silent }), timeoutMs: 5000 });
      await vi.advanceTimersByTimeAsync(5000);
      expect(await opening).toMatchObject({ available: false, problem: expect.stringContaining('within 5 seconds') });
    } finally {
      vi.useRealTimers();
    }
  });

  it('one that is locked after it was found: get answers nothing and says why, set and delete throw; then it is well again', async () => {
    const port = memory();
    const locked = { ...port };
    const keychain = await openKeychain({ port: async () => locked });
    await keychain.set('a', 'secret');
    const dismissed = failing("Couldn't access platform storage: unlock prompt was dismissed: secret");
    Object.assign(locked, { get: dismissed, set: dismissed, delete: dismissed });
    expect(await keychain.get('a')).toBeUndefined();
    expect(keychain.problem).toMatch(/locked/);
    const refused = await keychain.set('a', 'other').catch((error: unknown) => error);
    expect(refused).toMatchObject({ code: 'keychain/unavailable' });
    await expect(keychain.delete('a')).rejects.toMatchObject({ code: 'keychain/unavailable' });
    Object.assign(locked, { get: port.get });
    expect(await keychain.get('a')).toBe('secret');
    expect(keychain.problem).toBeNull();
  });

  it('[D1] what the keychain says is in no error: it could hold the secret', async () => {
    const keychain = await openKeychain({
      port: async () => ({ ...memory(), set: failing('bad value: hunter2') }),
    });
    const error = await keychain.set('a', 'hunter2').catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(Error);
    if (error instanceof Error) {
      expect(`${error.message} ${error.stack} ${JSON.stringify(error)} ${String(error.cause)}`).not.toContain(
        'hunter2',
      );
    }
  });
});
