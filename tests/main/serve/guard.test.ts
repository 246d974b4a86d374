import { describe, expect, it } from 'vitest';
import { WebSocket } from 'ws';
import { channels } from '../../../src/main/ipc/channels.ts';
import { ask, bearer, page, post, raw, serve, token } from '../../helpers/served.ts';

const refused = { ok: false, error: { code: 'access/refused', facts: {} } };
const behindToken = [
  ...channels.map((channel) => ['POST', `/api/${channel}`]),
  ['POST', '/api/no/such'],
  ['GET', '/download/AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA'],
  ['PUT', '/upload/0123456789abcdef0123456789abcdef?name=a.png'],
  ['GET', '/push'],
] as const;

describe('token', () => {
  it('[A1] nothing but the page itself answers without it, and the core is never asked', async () => {
    const { server, core } = await serve();
    const wrong: readonly Readonly<Record<string, string>>[] = [
      {},
      { Authorization: token },
      { Authorization: 'Bearer' },
      { Authorization: 'Bearer ' },
      { Authorization: `Basic ${token}` },
      { Authorization: `Bearer ${token}x` },
      { Authorization: `Bearer ${token.slice(1)}` },
      { Authorization: `Bearer ${'x'.repeat(4000)}` },
      { Cookie: `token=${token}` },
    ];
    for (const [method, path] of behindToken) {
      for (const headers of wrong) {
        const answer = await ask(server, path, { method, headers: { ...headers, 'Content-Type': 'application/json' } });
        expect(answer.status, `${method} ${path}`).toBe(401);
        expect(answer.json()).toEqual(refused);
      }
    }
    for (const path of ['/api/app/state', '/push', '/download/x']) {
      expect(
        (await ask(server, `${path}?token=${token}`, { method: path.startsWith('/api') ? 'POST' : 'GET' })).status,
      ).toBe(401);
    }
    expect(core.asked).toEqual([]);
  });

  it('is never sent back: in no header and no body', async () => {
    const { server } = await serve();
    const answers = [
      await post(server, 'app/state', {}),
      await post(server, 'no/such', {}),
      await ask(server, '/', { headers: bearer() }),
      await ask(server, '/nowhere', { headers: bearer() }),
      await ask(server, '/api/app/state', { headers: { ...bearer(), Host: 'evil.example' }, method: 'POST' }),
    ];
    for (const { headers, text } of answers) expect(JSON.stringify(headers) + text).not.toContain(token);
  });

  it('is not needed for the page, which holds nothing, nor for the health check', async () => {
    const { server } = await serve();
    expect((await ask(server, '/')).status).toBe(200);
    const health = await ask(server, '/health');
    expect([health.status, health.text]).toEqual([200, '{"ok":true}']);
  });
});

describe('Host', () => {
  it('is one of ours on every address, so that a name turned towards this machine opens nothing', async () => {
    const { server, core } = await serve();
    const { port } = server;
    const paths = ['/', '/health', '/nowhere', ...behindToken.map(([, path]) => path)];
    const foreign = [
      'evil.example',
      `evil.example:${port}`,
      `127.0.0.1:${port + 1}`,
      '127.0.0.1',
      `localhost.:${port}`,
      `127.0.0.1.evil.example:${port}`,
      `127.0.0.1@evil.example:${port}`,
      `0.0.0.0:${port}`,
      `[::]:${port}`,
    ];
    for (const path of paths) {
      for (const host of foreign) {
        const answer = await ask(server, path, { headers: { ...bearer(), Host: host } });
        expect(answer.status, `${path} ${host}`).toBe(403);
        expect(answer.json()).toEqual(refused);
      }
    }
    for (const host of [`localhost:${port}`, `LOCALHOST:${port}`, `[::1]:${port}`, `127.0.0.1:${port}`]) {
      expect((await post(server, 'app/state', {}, { Host: host })).status, host).toBe(200);
    }
    expect(core.asked).toHaveLength(4);
  });

  it('given twice, or not at all, is refused', async () => {
    const { server, core } = await serve();
    const own = `Host: 127.0.0.1:${server.port}\r\n`;
    for (const hosts of [`${own}Host: evil.example\r\n`, `Host: evil.example\r\n${own}`, '']) {
      const { closed } = raw(server, `GET /health HTTP/1.1\r\n${hosts}Connection: close\r\n\r\n`);
      expect(await closed).toMatch(/^HTTP\/1\.1 40[03] /);
    }
    const old = raw(server, 'GET /health HTTP/1.0\r\n\r\n');
    expect(await old.closed).toMatch(/^HTTP\/1\.1 403 /);
    expect(core.asked).toEqual([]);
  });

  it('may be a name of the operator: with a port exactly that one, without one any', async () => {
    const { server } = await serve({ allowedHosts: ['Hilum.Hospital.example', 'proxy.example:8443'] });
    const statusOf = async (host: string) => (await post(server, 'app/state', {}, { Host: host })).status;
    expect(await statusOf('hilum.hospital.example')).toBe(200);
    expect(await statusOf('hilum.hospital.example:9000')).toBe(200);
    expect(await statusOf('proxy.example:8443')).toBe(200);
    expect(await statusOf('proxy.example')).toBe(403);
    expect(await statusOf('x.hilum.hospital.example')).toBe(403);
  });
});

describe('Origin', () => {
  it('of another page is refused, and no answer ever carries a CORS header', async () => {
    const { server, core } = await serve();
    const { port } = server;
    const foreign = [
      'null',
      'https://evil.example',
      `http://127.0.0.1:${port + 1}`,
      `http://localhost:${port}`,
      'app://bundle',
      '',
    ];
    for (const [method, path] of [
      ['POST', '/api/app/state'],
      ['OPTIONS', '/api/app/state'],
      ['GET', '/'],
    ] as const) {
      for (const Origin of foreign) {
        const answer = await ask(server, path, { method, headers: { ...bearer(), Host: `127.0.0.1:${port}`, Origin } });
        expect(answer.status, `${path} ${Origin}`).toBe(403);
        expect(Object.keys(answer.headers).filter((name) => name.startsWith('access-control'))).toEqual([]);
      }
    }
    expect(core.asked).toEqual([]);
    const own = await post(server, 'app/state', {}, { Origin: `http://127.0.0.1:${port}` });
    expect([own.status, Object.keys(own.headers).some((name) => name.startsWith('access-control'))]).toEqual([
      200,
      false,
    ]);
  });
});

describe('WebSocket', () => {
  const open = (port: number, protocols: string[], headers: Record<string, string>, path = '/push') =>
    new Promise<string>((resolve) => {
      const socket = new WebSocket(`ws://127.0.0.1:${port}${path}`, protocols, { headers });
      socket.on('open', () => {
        resolve(`open ${socket.protocol}`);
        socket.close();
      });
      socket.on('unexpected-response', (_request, response) => resolve(String(response.statusCode)));
      socket.on('error', () => resolve('error'));
    });

  it('opens for the own page with the token only', async () => {
    const { server, core } = await serve();
    const { port } = server;
    const origin = { Origin: `http://127.0.0.1:${port}` };
    const good = ['hilum.v1', `bearer.${token}`];
    expect(await open(port, good, origin)).toBe('open hilum.v1');
    expect(await open(port, good, {})).toBe('403');
    expect(await open(port, good, { Origin: 'null' })).toBe('403');
    expect(await open(port, good, { Origin: 'https://evil.example' })).toBe('403');
    expect(await open(port, good, { Origin: `http://localhost:${port}` })).toBe('403');
    expect(await open(port, good, { Origin: 'http://evil.example', Host: 'evil.example' })).toBe('403');
    expect(await open(port, ['hilum.v1'], origin)).toBe('401');
    expect(await open(port, ['hilum.v1', 'bearer.wrong'], origin)).toBe('401');
    expect(await open(port, ['hilum.v1'], { ...origin, Authorization: `Bearer ${token}` })).toBe('401');
    expect(await open(port, [`bearer.${token}`], origin)).toBe('400');
    expect(await open(port, good, origin, '/api/app/state')).toBe('404');
    expect(await open(port, good, origin, '/')).toBe('404');
    expect(core.asked).toEqual([]);
  });
});

it('the caller is who the page says it is, else nobody that was there before', async () => {
  const { server, core } = await serve();
  await post(server, 'app/state', {});
  await post(server, 'app/state', {}, { 'X-Hilum-Page': 'short' });
  await post(server, 'app/state', {}, { 'X-Hilum-Page': '../../../../etc/passwd' });
  const [first, second, third] = core.asked.map(({ caller }) => caller);
  expect(first).toBe(page);
  expect(second).toMatch(/^[0-9a-f]{32}$/);
  expect(third).toMatch(/^[0-9a-f]{32}$/);
  expect(third).not.toBe(second);
});

it('carries the same protection on every answer', async () => {
  const { server } = await serve();
  const upgrade = raw(
    server,
    `GET /x HTTP/1.1\r\nHost: 127.0.0.1:${server.port}\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n`,
  );
  const broken = raw(server, 'nonsense\r\n\r\n');
  const texts = [await upgrade.closed, await broken.closed].map((text) => text.toLowerCase());
  for (const { headers } of [
    await ask(server, '/'),
    await ask(server, '/assets/index-Ab3_dE9z.js'),
    await ask(server, '/nowhere'),
    await ask(server, '/', { method: 'DELETE' }),
    await post(server, 'app/state', {}),
    await post(server, 'app/state', {}, { Host: 'evil.example' }),
  ]) {
    texts.push(
      Object.entries(headers)
        .map(([name, value]) => `${name}: ${value}`)
        .join('\r\n')
        .toLowerCase(),
    );
  }
  for (const text of texts) {
    expect(text).toContain("content-security-policy: default-src 'none'; script-src 'self';");
    expect(text).toContain("frame-ancestors 'none'; require-trusted-types-for 'script'; trusted-types 'none'");
    for (const line of [
      'x-content-type-options: nosniff',
      'cross-origin-opener-policy: same-origin',
      'cross-origin-resource-policy: same-origin',
      'referrer-policy: no-referrer',
      'permissions-policy: ',
      'cache-control: ',
    ]) {
      expect(text).toContain(line);
    }
  }
});
