import type { Socket } from 'node:net';
import { afterAll, describe, expect, it } from 'vitest';
import type { Context } from '../../model/gatherer.js';
import { parseTarget } from '../../model/parse-target.js';
import { scriptFrom } from '../../model/script-url.js';
import type { PacAnswer, PacQuestion } from '../../model/engine-questions.js';
import { connected, loopbackSystem, Servers } from '../tls/fixtures/loopback.js';
import { runScript, urlFor } from './pac.js';
import { wpadNames } from './detected-script.js';

const servers = new Servers();
afterAll(() => servers.close());

const system = loopbackSystem([], { 'pac.example': ['127.0.0.1'], 'shop.example': ['127.0.0.1'] });

function targetOf(input: string) {
  const parsed = parseTarget(input);
  if (!parsed.ok) throw new Error(parsed.why);
  return parsed.target;
}

/** What is made of a script that a server on this device gives. */
async function ran(serve: (socket: Socket, asked: string) => void, answer: (question: PacQuestion) => PacAnswer) {
  const port = await servers.plain((socket) => {
    socket.once('data', (bytes: Buffer) => serve(socket, bytes.toString('latin1')));
  });
  const { context } = await connected('http://shop.example/', port, system);
  const asked: PacQuestion[] = [];
  const evaluatePac = (question: PacQuestion): Promise<PacAnswer> => {
    asked.push(question);
    return Promise.resolve(answer(question));
  };
  const here: Context = { ...context, system: { ...context.system, evaluatePac }, remaining: () => 5000 };
  const script = scriptFrom(`http://u:secret@pac.example:${port}/x.pac?key=secret`, '/etc/xdg/kioslaverc:3');
  const outcome = await runScript(script, targetOf('https://shop.example/private/page'), here);
  expect(JSON.stringify(outcome)).not.toContain('secret');
  return { outcome, asked };
}

describe('what a script is asked with', () => {
  it.each([
    ['https://shop.example/private/page', 'https://shop.example/'],
    ['https://shop.example:443/a', 'https://shop.example/'],
    ['https://shop.example:8443/a', 'https://shop.example:8443/'],
    ['http://shop.example:80/a/b', 'http://shop.example/a/b'],
    ['http://shop.example:443/a', 'http://shop.example:443/a'],
    ['http://shop.example', 'http://shop.example/'],
    ['https://[2001:db8:0:0::1]:443/x', 'https://[2001:db8::1]/'],
    ['http://[2001:db8::1]:8080/x', 'http://[2001:db8::1]:8080/x'],
    ['wss://shop.example/chat', 'wss://shop.example/'],
    ['http://[fe80::1%25eth0]:8080/x', 'http://[fe80::1]:8080/x'],
    ['ws://shop.example/chat', 'ws://shop.example/chat'],
    ['https://bücher.example/', 'https://xn--bcher-kva.example/'],
    ['http://shop.example/a%20b/ü?secret#x', 'http://shop.example/a%20b/%C3%BC'],
  ])('%s is %s', (typed, url) => expect(urlFor(targetOf(typed))).toBe(url));
});

const page = (body: string, head = 'HTTP/1.1 200 OK'): string =>
  `${head}\r\nContent-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}`;
const direct = (): PacAnswer => ({ state: 'answered', text: 'DIRECT' });

describe('a PAC script of this device', () => {
  it('is loaded whole, with its query, and asked for the host alone', async () => {
    const body = `//${'x'.repeat(100_000)}\nfunction FindProxyForURL() {}`;
    const requests: string[] = [];
    const { outcome, asked } = await ran(
      (socket, request) => {
        requests.push(request);
        socket.end(page(body));
      },
      () => ({ state: 'answered', text: 'PROXY a.example:8080; DIRECT' }),
    );
    expect(requests[0]).toMatch(/^GET \/x\.pac\?key=secret HTTP\/1\.1\r\n/);
    expect(requests[0]).not.toContain('Authorization');
    expect(asked).toEqual([
      { script: body, url: 'https://shop.example/', host: 'shop.example', timeoutMs: expect.any(Number) },
    ]);
    expect(outcome).toMatchObject({
      answer: 'PROXY a.example:8080; DIRECT',
      direct: true,
      settings: [{ name: 'PAC script', server: { scheme: 'http', host: 'a.example', port: 8080 } }],
    });
  });
  it('that is not there, or gives no answer, is told as that', async () => {
    const missing = await ran((socket) => socket.end(page('', 'HTTP/1.1 404 Not Found')), direct);
    expect(missing.outcome.failure).toEqual({ at: 'load', why: 'pac.example answers with status 404' });
    const endless = await ran(
      (socket) => socket.end(page('for (;;);')),
      () => ({ state: 'timed-out', raw: 'no answer within 3000 ms' }),
    );
    expect(endless.outcome.failure).toEqual({ at: 'time', why: 'no answer within 3000 ms' });
  });
  it('is not followed for ever from one address to the next', async () => {
    const { outcome } = await ran(
      (socket) => socket.end('HTTP/1.1 302 Found\r\nLocation: /x.pac\r\nContent-Length: 0\r\n\r\n'),
      direct,
    );
    expect(outcome.failure).toMatchObject({ at: 'load' });
  });
});

describe('a script that is looked for', () => {
  it('is asked for below the search domains, and never where anybody may register', () => {
    expect(wpadNames(['a.corp.example', 'example.net'])).toEqual(['wpad.a.corp.example', 'wpad.example.net']);
    expect(wpadNames(['com', 'co.uk', 'shop.co.uk', 'lan', 'isp.de'])).toEqual([
      'wpad.shop.co.uk',
      'wpad.lan',
      'wpad.isp.de',
    ]);
    expect(wpadNames(['com'])).toEqual([]);
    expect(wpadNames(['github.io', 'kawasaki.jp', 'xn--55qx5d.cn'])).toEqual([]);
    expect(wpadNames([])).toEqual(['wpad']);
    expect(wpadNames(Array.from({ length: 50 }, (_, i) => `d${i}.example`))).toHaveLength(4);
  });
  it('is not fetched from this computer itself, nor from its files', async () => {
    const port = await servers.plain((socket) => socket.end(page('function FindProxyForURL() {}')));
    const { context } = await connected('http://shop.example/', port, system);
    const load = async (url: string) =>
      (await runScript(scriptFrom(url, 'x', 'DHCP'), targetOf('https://shop.example/'), context)).failure;
    expect(await load('file:///etc/passwd')).toMatchObject({ at: 'load', why: expect.stringMatching(/names a file/) });
    expect(await load(`http://pac.example:${port}/x`)).toMatchObject({
      why: expect.stringMatching(/itself \(127\.0\.0\.1\)/),
    });
    expect(await load('http://169.254.169.254/x')).toMatchObject({ why: expect.stringMatching(/169\.254/) });
  });
});
