import { execFileSync, spawnSync } from 'node:child_process';
import { createPrivateKey, sign } from 'node:crypto';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { publicPem } from '../../../src/main/registry/signing/key-text.ts';
import {
  checkSignature,
  fingerprintOf,
  isSignedBy,
  publicKeyOf,
  rawPublicKey,
  readSignature,
} from '../../../src/pipeline/disk/signature.ts';
import {
  groupedFingerprint,
  type Signature,
  signatureSchema,
  signedText,
  signerSchema,
} from '../../../src/pipeline/domain/signature.ts';
import { temporaryFolder } from '../../helpers/records.ts';
import { newKey, signed } from '../../helpers/signing.ts';

/** RFC 8032, section 7.1: secret key, public key, message, signature. */
const vectors = [
  [
    '9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60',
    'd75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a',
    '',
    'e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33bacc61e39701cf9b46bd25bf5f0595bbe24655141438e7a100b',
  ],
  [
    '4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb',
    '3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c',
    '72',
    '92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00',
  ],
  [
    'c5aa8df43f9f837bedb7442f31dcb7b166d38535076f094b85ce3a2e0b4458f7',
    'fc51cd8e6218a1a38da47ed00230f0580816ed13ba3303ac5deb911548908025',
    'af82',
    '6291d657deec24024827e69c3abe01a30ce548a284743a445e3680d7db5ac3ac18ff9b538d16f290ae67f760984dc6594a7c15e9716ed28dc027beceea1ec40a',
  ],
] as const;

const hex = (text: string): Buffer => Buffer.from(text, 'hex');
const raw = (text: string): string => hex(text).toString('base64');
const seal = 'a'.repeat(64);
const codeOf = (run: () => unknown): unknown => {
  try {
    run();
    return 'held';
  } catch (error) {
    return error instanceof Error ? error.message : error;
  }
};
const check = (text: string, of = seal): unknown => codeOf(() => checkSignature(Buffer.from(text), of));
const edited = (text: string, change: Partial<Signature>): string =>
  `${JSON.stringify({ ...signatureSchema.parse(JSON.parse(text)), ...change }, null, 2)}\n`;

describe('Ed25519 (RFC 8032, section 7.1)', () => {
  it.each(vectors)('vector of the secret key %s', (secret, publicKey, message, signature) => {
    const der = Buffer.concat([hex('302e020100300506032b657004220420'), hex(secret)]);
    const key = createPrivateKey({ key: der, format: 'der', type: 'pkcs8' });
    expect(rawPublicKey(key)).toBe(raw(publicKey));
    expect(sign(null, hex(message), key).toString('hex')).toBe(signature);
    expect(isSignedBy(publicKeyOf(raw(publicKey)), hex(message), hex(signature))).toBe(true);
    expect(isSignedBy(publicKeyOf(raw(publicKey)), hex(`${message}00`), hex(signature))).toBe(false);
    for (let at = 0; at < 64; at += 1) {
      const broken = hex(signature);
      broken[at] = (broken[at] ?? 0) ^ 1;
      expect(isSignedBy(publicKeyOf(raw(publicKey)), hex(message), broken)).toBe(false);
    }
    expect(isSignedBy(publicKeyOf(raw(publicKey)), hex(message), hex(signature).subarray(0, 63))).toBe(false);
  });

  it('a second form of the same signature (S + L) does not hold', () => {
    const [, publicKey, message, signature] = vectors[1];
    const order = 2n ** 252n + 27742317777372353535851937790883648493n;
    const s = BigInt(`0x${hex(signature).subarray(32).reverse().toString('hex')}`) + order;
    const other = Buffer.concat([hex(signature).subarray(0, 32), hex(s.toString(16).padStart(64, '0')).reverse()]);
    expect(isSignedBy(publicKeyOf(raw(publicKey)), hex(message), other)).toBe(false);
  });
});

describe('signature.json', () => {
  const key = newKey();
  const good = signed(seal, key);

  it('holds for the seal that was signed, and for nothing else that it says', () => {
    expect(checkSignature(Buffer.from(good), seal)).toMatchObject({ seal, signer: 'Ada' });
    expect(check(good, 'b'.repeat(64))).toBe('signature/other-seal');
    expect(check(edited(good, { seal: 'b'.repeat(64) }), 'b'.repeat(64))).toBe('signature/bad');
    expect(check(edited(good, { signer: 'Eve' }))).toBe('signature/bad');
    expect(check(edited(good, { signed_at: '2026-01-02T03:04:05.007Z' }))).toBe('signature/bad');
    expect(check(edited(good, { public_key: rawPublicKey(newKey()) }))).toBe('signature/bad');
  });

  it('a signature over something else by the same key is none for a model', () => {
    const { signer, signed_at } = signatureSchema.parse(JSON.parse(good));
    const text = signedText({ seal, signer, signed_at });
    for (const other of [seal, text.trimEnd(), text.replace('version 1', 'version 2'), `x${text}`]) {
      const signature = sign(null, Buffer.from(other), key).toString('base64');
      expect(check(edited(good, { signature }))).toBe('signature/bad');
    }
  });

  it('one signature has one text: blanks, order, doubled keys and idle bits of base64 are refused', () => {
    const value = signatureSchema.parse(JSON.parse(good));
    const { format, ...rest } = value;
    const idle = (text: string): string =>
      text.replace(/(.)(=+)$/, (_all, last: string, end: string) => `${next(last)}${end}`);
    for (const text of [
      good.trimEnd(),
      `${good} `,
      `\u{feff}${good}`,
      JSON.stringify(value),
      `${JSON.stringify({ ...rest, format }, null, 2)}\n`,
      good.replace('"signer"', '"signer": "Eve",\n  "signer"'),
      good.replace('Ada', '\\u0041da'),
      edited(good, { signature: idle(value.signature) }),
      edited(good, { public_key: idle(value.public_key) }),
      `${JSON.stringify({ ...value, more: 1 }, null, 2)}\n`,
    ]) {
      expect(check(text), text).toBe('signature/malformed');
    }
  });

  it.each([
    ['', 'signature/malformed'],
    ['{}', 'signature/malformed'],
    ['null', 'signature/malformed'],
    ['[', 'signature/malformed'],
    ['{"format":"hilum-signature","version":2}', 'signature/newer'],
    ['{"format":"hilum-sealed-model","version":1}', 'signature/malformed'],
    [`{"format":"hilum-signature","version":1,"x":"${'a'.repeat(5000)}"}`, 'signature/too-large'],
  ])('refuses %.40s', (text, code) => {
    expect(check(text)).toBe(code);
  });

  it('any changed, added or missing byte is refused', () => {
    const bytes = Buffer.from(good);
    const all: unknown[] = [];
    for (let at = 0; at < bytes.length; at += 1) {
      for (const bit of [1, 2, 4, 8, 16, 32, 64, 128]) {
        const broken = Buffer.from(bytes);
        broken[at] = (broken[at] ?? 0) ^ bit;
        all.push(codeOf(() => checkSignature(broken, seal)));
      }
    }
    expect(all).not.toContain('held');
    expect(all.every((code) => /^signature\/(bad|malformed|newer|other-seal)$/.test(String(code)))).toBe(true);
    void fc.assert(
      fc.property(fc.nat(bytes.length), fc.uint8Array({ maxLength: 8 }), fc.nat(8), (at, put, cut) => {
        const broken = Buffer.concat([bytes.subarray(0, at), put, bytes.subarray(at + cut)]);
        fc.pre(!broken.equals(bytes));
        expect(codeOf(() => checkSignature(broken, seal))).toMatch(/^signature\//);
      }),
      { seed: 7, numRuns: 500 },
    );
  });

  it('is nothing where there is no file; a folder, a pipe or a large file under its name is refused unread', async () => {
    const folder = temporaryFolder();
    expect(await readSignature(folder, seal)).toBeUndefined();
    const of = async (name: string): Promise<string> => {
      await mkdir(join(folder, name));
      return join(folder, name);
    };
    const withFolder = await of('a');
    await mkdir(join(withFolder, 'signature.json'));
    await expect(readSignature(withFolder, seal)).rejects.toMatchObject({ code: 'signature/malformed' });
    const large = await of('b');
    await writeFile(join(large, 'signature.json'), ' '.repeat(4097));
    await expect(readSignature(large, seal)).rejects.toMatchObject({ code: 'signature/too-large' });
    if (process.platform === 'win32') return;
    const pipe = await of('c');
    execFileSync('mkfifo', [join(pipe, 'signature.json')]);
    await expect(readSignature(pipe, seal)).rejects.toMatchObject({ code: 'signature/malformed' });
  });
});

describe('names and fingerprints', () => {
  it.each(['', ' Ada', 'Ada ', 'A\nB', 'A\u0000', '\u202eadA', 'A\u200bda', 'A\u2028B', 'e\u0301', 'x'.repeat(81)])(
    'refuses %j as a name',
    (name) => {
      expect(signerSchema.safeParse(name).success).toBe(false);
    },
  );

  it('takes the names of people everywhere', () => {
    for (const name of ['Ada Lovelace', '東京大学', 'Zoë', "O'Neill & Søn", 'Ж']) {
      expect(check(signed(seal, newKey(), name))).toBe('held');
    }
  });

  it('a fingerprint is the SHA-256 of the raw key, shown in groups of four', () => {
    const [, publicKey] = vectors[0];
    const fingerprint = fingerprintOf(raw(publicKey));
    expect(fingerprint).toBe('21fe31dfa154a261626bf854046fd2271b7bed4b6abe45aa58877ef47f9721b9');
    expect(groupedFingerprint(fingerprint)).toMatch(/^([0-9a-f]{4} ){15}[0-9a-f]{4}$/);
  });
});

const hasOpenssl = spawnSync('openssl', ['version']).status === 0;

describe.skipIf(!hasOpenssl)('openssl, which shares no code with us', () => {
  it('verifies what we sign with the key that we export, and refuses it for another text', async () => {
    const folder = temporaryFolder();
    const { public_key, signature, ...said } = signatureSchema.parse(JSON.parse(signed(seal)));
    await writeFile(join(folder, 'key.pem'), publicPem(public_key));
    await writeFile(join(folder, 'signature'), Buffer.from(signature, 'base64'));
    const verify = async (text: string): Promise<number | null> => {
      await writeFile(join(folder, 'text'), text);
      const words = [
        'pkeyutl',
        '-verify',
        '-pubin',
        '-inkey',
        'key.pem',
        '-rawin',
        '-in',
        'text',
        '-sigfile',
        'signature',
      ];
      return spawnSync('openssl', words, { cwd: folder }).status;
    };
    expect(await verify(signedText(said))).toBe(0);
    expect(await verify(signedText({ ...said, signer: 'Eve' }))).not.toBe(0);
  });
});

const base64Digits = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';
/** The next digit: its last bit is one that no byte uses. */
const next = (digit: string): string => base64Digits[base64Digits.indexOf(digit) ^ 1] ?? '';
