import type { Socket } from 'node:net';
import fc from 'fast-check';
import { afterAll, describe, expect, it } from 'vitest';
import { settingOf } from '../../model/choose-proxy.js';
import type { Context } from '../../model/gatherer.js';
import { parseTarget } from '../../model/parse-target.js';
import { connected, loopbackSystem, Servers } from '../tls/fixtures/loopback.js';
import { openWay } from './open-way.js';
import { goalOf } from './proxy-goal.js';
import { proxyVariations } from './proxy-variations.js';
import { tryThrough } from './try-target.js';

const servers = new Servers();
afterAll(() => servers.close());

const system = loopbackSystem([], { 'proxy.example': ['127.0.0.1'], 'shop.example': ['127.0.0.1'] });

function targetOf(input: string) {
  const parsed = parseTarget(input);
  if (!parsed.ok) throw new Error(parsed.why);
  return parsed.target;
}

async function contextFor(remaining = 10_000): Promise<Context> {
  const port = await servers.plain((socket) => socket.resume());
  const { context } = await connected('http://shop.example/', port, system);
  return { ...context, remaining: () => remaining };
}

/** Asks a proxy that does this with each connection for `shop.example:443`. */
async function ask(url: (port: number) => string, serve: (socket: Socket) => void, target = 'https://shop.example/') {
  const port = await servers.plain(serve);
  const setting = settingOf('https_proxy', 'environment', url(port));
  const goal = goalOf(targetOf(target), ['127.0.0.1']);
  const opened = await openWay(setting, goal, await contextFor());
  return { ...opened, tunnel: opened.way.tunnels[0], port };
}

const http = (port: number): string => `http://u:secret@proxy.example:${port}`;
const socks = (port: number): string => `socks5h://u:secret@127.0.0.1:${port}`;
const once = (socket: Socket, answer: string | number[]): void =>
  void socket.once('data', () => socket.write(typeof answer === 'string' ? answer : Buffer.from(answer)));

/** All that was sent to it, and these answers one after the other. */
function dialogue(said: Buffer[], ...answers: (string | number[])[]): (socket: Socket) => void {
  return (socket) => {
    const left = [...answers];
    socket.on('data', (chunk: Buffer) => {
      said.push(chunk);
      const next = left.shift();
      if (next !== undefined) socket.write(typeof next === 'string' ? next : Buffer.from(next));
    });
  };
}

/** As the next reader takes it: it says itself when it is ready. */
const first = (stream: NodeJS.ReadableStream): Promise<string> =>
  new Promise((resolve) => stream.once('data', (chunk: Buffer) => resolve(chunk.toString('latin1'))).resume());

describe('an HTTP proxy', () => {
  it('connects by name, with the login, and leaves to the target what comes behind its answer', async () => {
    const said: Buffer[] = [];
    const answer = 'HTTP/1.1 103 Early\r\n\r\nHTTP/1.1 200 Connection established\r\nVia: x\r\n\r\nSSH-2.0-x\r\n';
    const { way, tunnel, stream } = await ask(http, dialogue(said, answer));
    expect(Buffer.concat(said).toString()).toMatch(
      /^CONNECT shop\.example:443 HTTP\/1\.1\r\nHost: shop\.example:443\r\n/,
    );
    expect(Buffer.concat(said).toString()).toContain(`Proxy-Authorization: Basic ${btoa('u:secret')}\r\n`);
    expect(tunnel).toMatchObject({ status: 200, to: 'shop.example:443' });
    expect(tunnel?.failure).toBeUndefined();
    expect(JSON.stringify(way)).not.toMatch(/secret|dTpzZWNyZXQ/);
    if (!stream) throw new Error('no stream');
    expect(await first(stream)).toBe('SSH-2.0-x\r\n');
    stream.destroy();
  });
  it.each([
    ['407 Proxy Authentication Required', 'authentication'],
    ['403 Forbidden', 'refused'],
    ['405 Method Not Allowed', 'not-a-proxy'],
    ['405 Method Not Allowed\r\nVia: 1.1 squid', 'refused'],
    ['400 Bad Request', 'not-a-proxy'],
    ['503 Service Unavailable', 'upstream-failed'],
    ['502 Bad Gateway', 'upstream-failed'],
    ['302 Found', 'refused'],
    ['200 OK\r\nContent-Length: 5', 'not-a-proxy'],
  ])('says %s: %s', async (status, code) => {
    const { tunnel, stream } = await ask(http, (socket) => once(socket, `HTTP/1.1 ${status}\r\n\r\nhello`));
    expect(tunnel?.failure).toMatchObject({ operation: 'proxy', code });
    expect(stream).toBeUndefined();
  });
  it.each([
    ['220 mail.example ESMTP\r\n', 'not-a-proxy'],
    ['\x15\x03\x01\x00\x02\x02\x0a', 'not-a-proxy'],
  ])('that is something else: %j', async (greeting, code) => {
    expect((await ask(http, (socket) => once(socket, greeting))).tunnel?.failure).toMatchObject({ code });
  });
  it('hangs up, resets, or never answers', async () => {
    const closes = await ask(http, (socket) => void socket.once('data', () => socket.end()));
    expect(closes.tunnel?.failure?.code).toBe('closed');
    const resets = await ask(http, (socket) => void socket.once('data', () => socket.resetAndDestroy()));
    expect(resets.tunnel?.failure?.code).toBe('reset');
    const port = await servers.plain((socket) => socket.resume());
    const setting = settingOf('https_proxy', 'environment', http(port));
    const context = await contextFor(100);
    const { way } = await openWay(setting, goalOf(targetOf('https://a.example/'), null), context);
    expect(way.tunnels[0]?.failure?.code).toBe('timed-out');
  });
  it('takes a plain page as a whole URL, without a tunnel', async () => {
    const said: Buffer[] = [];
    const port = await servers.plain(dialogue(said, 'HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nhi'));
    const setting = settingOf('http_proxy', 'environment', http(port));
    const { way, http: answer } = await tryThrough(setting, targetOf('http://shop.example/a'), await contextFor());
    expect(way).toMatchObject({ forwards: true, tunnels: [] });
    expect(answer).toMatchObject({ status: 200, address: 'shop.example' });
    expect(Buffer.concat(said).toString()).toMatch(
      /^GET http:\/\/shop\.example\/a HTTP\/1\.1\r\nHost: shop\.example\r\nProxy-Authorization: Basic /,
    );
    expect(JSON.stringify([way, answer])).not.toContain('secret');
  });
  it('whose name leads nowhere, and whose port is closed', async () => {
    const context = await contextFor();
    const goal = goalOf(targetOf('https://shop.example/'), null);
    const nowhere = await openWay(settingOf('p', 'environment', 'http://gone.example:1'), goal, context);
    expect(nowhere.way.nameFailure).toMatchObject({ code: 'not-found' });
    const closed = await openWay(settingOf('p', 'environment', 'http://127.0.0.1:1'), goal, context);
    expect(closed.way.connect[0]?.first.failure?.code).toBe('refused');
  });
});

describe('a SOCKS proxy', () => {
  const granted = [5, 0, 0, 1, 0, 0, 0, 0, 0, 0];
  it('is asked by name, with the login (RFC 1928, RFC 1929)', async () => {
    const said: Buffer[] = [];
    const { tunnel, stream, way } = await ask(socks, dialogue(said, [5, 2], [1, 0], [...granted, 0x68, 0x69]));
    expect(said.map((bytes) => bytes.toString('hex'))).toEqual([
      '05020002',
      `01017506${Buffer.from('secret').toString('hex')}`,
      `050100030c${Buffer.from('shop.example').toString('hex')}01bb`,
    ]);
    expect(tunnel).toMatchObject({ reply: 0, to: 'shop.example:443' });
    expect(JSON.stringify(way)).not.toContain('secret');
    if (!stream) throw new Error('no stream');
    expect(await first(stream)).toBe('hi');
    stream.destroy();
  });
  it('is asked by the address that this device found: socks5, socks4; socks4a by name', async () => {
    const said: Buffer[] = [];
    const five = await ask((port) => `socks5://127.0.0.1:${port}`, dialogue(said, [5, 0], granted));
    expect(five.tunnel?.to).toBe('127.0.0.1:443');
    expect(said[1]?.toString('hex')).toBe('050100017f00000101bb');
    const four = await ask((port) => `socks4://127.0.0.1:${port}`, dialogue(said, [0, 90, 0, 0, 0, 0, 0, 0]));
    expect(four.tunnel).toMatchObject({ reply: 90, to: '127.0.0.1:443' });
    expect(said[2]?.toString('hex')).toBe('040101bb7f00000100');
    await ask((port) => `socks4a://127.0.0.1:${port}`, dialogue(said, [0, 91, 0, 0, 0, 0, 0, 0]));
    expect(said[3]?.toString('hex')).toBe(`040101bb0000000100${Buffer.from('shop.example').toString('hex')}00`);
  });
  it.each([
    [[[5, 0xff]], 'authentication'],
    [
      [
        [5, 2],
        [1, 1],
      ],
      'authentication',
    ],
    [
      [
        [5, 0],
        [5, 2, 0, 1, 0, 0, 0, 0, 0, 0],
      ],
      'refused',
    ],
    [
      [
        [5, 0],
        [5, 5, 0, 1, 0, 0, 0, 0, 0, 0],
      ],
      'upstream-failed',
    ],
    [
      [
        [5, 0],
        [5, 4, 0, 0, 0],
      ],
      'upstream-failed',
    ],
    [
      [
        [5, 0],
        [5, 8, 0, 3, 1, 97, 0, 0],
      ],
      'refused',
    ],
    [[Array.from(Buffer.from('HTTP/1.1 400 Bad'))], 'not-a-proxy'],
    [
      [
        [5, 0],
        [0x15, 3, 1],
      ],
      'not-a-proxy',
    ],
  ])('that answers %j: %s', async (answers, code) => {
    const { tunnel } = await ask(socks, dialogue([], ...answers));
    expect(tunnel?.failure).toMatchObject({ operation: 'proxy', code });
  });
});

it('never throws, whatever comes back', async () => {
  const urls = [
    http,
    socks,
    (port: number) => `socks4a://127.0.0.1:${port}`,
    (port: number) => `https://127.0.0.1:${port}`,
  ];
  let bytes: Uint8Array = new Uint8Array();
  const port = await servers.plain((socket) => void socket.once('data', () => socket.end(bytes)));
  const heads = ['', 'HTTP/1.1 ', 'HTTP/1.1 200 OK\r\n\r\n', '\x05\x00', '\x05\x02', '\x00\x5a', '\x16\x03\x03'];
  const context = await contextFor(500);
  await fc.assert(
    fc.asyncProperty(
      fc.constantFrom(...heads),
      fc.uint8Array({ maxLength: 40 }),
      fc.constantFrom(...urls),
      async (head, rest, url) => {
        bytes = Buffer.concat([Buffer.from(head, 'latin1'), rest]);
        const setting = settingOf('p', 'environment', url(port));
        const { stream } = await openWay(setting, goalOf(targetOf('https://a.example/'), null), context);
        stream?.destroy();
      },
    ),
    { numRuns: 60 },
  );
}, 30_000);

it('finds the scheme in which a proxy wants to be spoken to', async () => {
  const port = await servers.plain((socket) => {
    let head = '';
    socket.on('data', (chunk: Buffer) => {
      head += chunk.toString('latin1');
      if (head.startsWith('GET ')) socket.end('HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nhi');
      else if (chunk[0] === 5) socket.end('HTTP/1.1 400 Bad Request\r\n\r\n');
    });
  });
  const setting = settingOf('http_proxy', 'environment', `socks5h://127.0.0.1:${port}`);
  const target = targetOf('http://shop.example/');
  const context = await contextFor();
  const { way } = await openWay(setting, goalOf(target, null), context);
  const facts = { target, 'proxy.way': { state: 'known', value: way, at: 0, ms: 0, source: 'test' } } as const;
  const measured = await proxyVariations.gather(facts, context);
  if (measured.state !== 'known') throw new Error(measured.state);
  expect(measured.value.find(({ http: answer }) => answer?.status === 200)?.way.setting.server?.scheme).toBe('http');
});
