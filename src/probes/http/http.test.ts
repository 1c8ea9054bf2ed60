import type { Socket } from 'node:net';
import { afterAll, describe, expect, test } from 'vitest';
import type { HttpTry } from '../../model/facts.js';
import { connected, loopbackSystem, Servers } from '../tls/fixtures/loopback.js';
import { httpGatherer } from './http.js';

const servers = new Servers();
afterAll(() => servers.close());
const system = loopbackSystem();

async function ask(serve: (socket: Socket, request: string) => void, path = '/', ms = 2000): Promise<HttpTry> {
  const port = await servers.plain((socket) => socket.once('data', (bytes) => serve(socket, bytes.toString('latin1'))));
  const { facts, context } = await connected(`http://shop.example:${port}${path}`, port, system);
  const measured = await httpGatherer.gather(facts, { ...context, remaining: () => ms });
  if (measured.state !== 'known' || !measured.value[0]) throw new Error(measured.state);
  return measured.value[0];
}

const answer =
  (head: string, body = ''): ((socket: Socket) => void) =>
  (socket) =>
    socket.end(`HTTP/1.1 ${head}\r\n\r\n${body}`);

describe('the request', () => {
  test('is honest, and carries nothing of the user', async () => {
    let seen = '';
    await ask((socket, request) => {
      seen = request;
      socket.end('HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n');
    }, '/a/b?secret=1');
    expect(seen).toMatch(
      /^GET \/a\/b HTTP\/1\.1\r\nHost: shop\.example:\d+\r\nUser-Agent: whoblocked\/\d+\.\d+\.\d+\r\n/,
    );
    expect(seen).not.toMatch(/secret|cookie|authorization/i);
  });
});

describe('what an answer means', () => {
  test.each([
    ['200 OK', undefined],
    ['204 No Content', undefined],
    ['304 Not Modified', undefined],
    ['400 Bad Request', undefined],
    ['404 Not Found', undefined],
    ['401 Unauthorized\r\nWWW-Authenticate: Basic realm="x"', undefined],
    ['401 Unauthorized', 'forbidden'],
    ['403 Forbidden', 'forbidden'],
    ['403 Forbidden\r\nServer: cloudflare\r\ncf-mitigated: challenge', undefined],
    ['407 Proxy Authentication Required', 'proxy-authentication'],
    ['429 Too Many Requests\r\nRetry-After: 30', 'rate-limited'],
    ['451 Unavailable For Legal Reasons\r\nLink: <https://court.example/x?id=1>; rel="blocked-by"', 'legal-block'],
    ['500 Oops', 'server-error'],
    ['502 Bad Gateway', 'bad-gateway'],
    ['503 Service Unavailable', 'unavailable'],
    ['504 Gateway Timeout', 'gateway-timeout'],
    ['511 Network Authentication Required', 'network-authentication'],
    ['520 Web server returns an unknown error', 'server-error'],
  ])('%s', async (head, code) => {
    const one = await ask(answer(`${head}\r\nContent-Length: 0`));
    expect(one.failure?.code).toBe(code);
    expect(one.status).toBe(Number(head.slice(0, 3)));
  });

  test('headers that tell, and none that are secret', async () => {
    const one = await ask(
      answer(
        '302 Found\r\nLocation: https://u:p@shop.example/x?token=1#f\r\nSet-Cookie: a=b\r\nVia: 1.1 proxy\r\nContent-Length: 0',
      ),
    );
    expect(one.location).toBe('https://shop.example/x');
    expect(one.headers).toEqual({ via: '1.1 proxy', 'content-length': '0' });
    expect(JSON.stringify(one)).not.toMatch(/token|a=b|u:p/);
  });

  test('TLS wanted here: said in HTTP by nginx, said by an alert', async () => {
    const page = '<html><head><title>400 The plain HTTP request was sent to HTTPS port</title></head></html>';
    expect((await ask(answer(`400 Bad Request\r\nContent-Length: ${page.length}`, page))).failure?.code).toBe(
      'tls-expected',
    );
    expect((await ask((socket) => socket.end(Buffer.from([21, 3, 1, 0, 2, 2, 70])))).failure?.code).toBe(
      'tls-expected',
    );
  });

  test('another protocol', async () => {
    const one = await ask((socket) => socket.end('SSH-2.0-OpenSSH_9.2\r\n'));
    expect(one.failure?.code).toBe('not-http');
    expect(one.greeting).toBe('SSH-2.0-OpenSSH_9.2\r\n');
  });

  test('interim answers are not what was asked for', async () => {
    const one = await ask((socket) =>
      socket.end('HTTP/1.1 103 Early Hints\r\nLink: </x>\r\n\r\nHTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nhi'),
    );
    expect(one).toMatchObject({ status: 200, bodyBytes: 2, bodyHead: 'hi' });
  });

  test('a short page that speaks of being blocked is told apart from one that does so at length', async () => {
    const page = (text: string) => ask(answer('200 OK', text));
    expect(await page('<p>This site is <b>blocked</b> here.</p>')).toMatchObject({ ofBlocking: true });
    expect(await page(`blocked ${'and more of it '.repeat(200)}`)).not.toHaveProperty('ofBlocking');
    expect(await page('unblockedly')).not.toHaveProperty('ofBlocking');
  });

  test('chunks, with extensions and trailers', async () => {
    const one = await ask(
      answer('500 No\r\nTransfer-Encoding: chunked', '4;x=y\r\nabcd\r\n2\r\nef\r\n0\r\nT: 1\r\n\r\n'),
    );
    expect(one).toMatchObject({ bodyBytes: 6, bodyHead: 'abcdef' });
  });
});

describe('servers that misbehave', () => {
  const forever = (socket: Socket, words: string, every = 0): void => {
    const timer = setInterval(() => socket.writable && socket.write(words), every);
    socket.on('close', () => clearInterval(timer));
  };

  test('closed and reset before a word', async () => {
    expect((await ask((socket) => socket.end())).failure?.code).toBe('closed');
    expect((await ask((socket) => socket.resetAndDestroy())).failure?.code).toBe('reset');
    expect((await ask((socket) => socket.end('HTTP/1.1 200'))).failure?.code).toBe('closed');
  });

  test.each([
    ['by length', 'Content-Length: 40', 'so far'],
    ['in chunks', 'Transfer-Encoding: chunked', '6\r\nso far\r\n'],
    ['within a chunk', 'Transfer-Encoding: chunked', '20\r\nso far'],
  ])('an end of the connection before the end of the page, announced %s', async (_, header, body) => {
    const head = `HTTP/1.1 200 OK\r\n${header}\r\n\r\n${body}`;
    expect(await ask((socket) => socket.end(head))).toMatchObject({ status: 200, failure: { code: 'closed' } });
    const reset = await ask((socket) => (socket.write(head), setTimeout(() => socket.resetAndDestroy(), 50)));
    expect(reset).toMatchObject({ status: 200, failure: { code: 'reset' }, bodyBytes: 6 });
  });

  test.each([
    ['no length, and an end', '200 OK', 'so far'],
    ['the last chunk without its empty line', '200 OK\r\nTransfer-Encoding: chunked', '2\r\nhi\r\n0\r\n'],
    ['no body by its status, whatever is announced', '304 Not Modified\r\nContent-Length: 40', ''],
    ['a redirect', '302 Found\r\nLocation: /b\r\nContent-Length: 40', 'so far'],
    ['a row of events', '200 OK\r\nContent-Type: text/event-stream\r\nTransfer-Encoding: chunked', '2\r\nhi\r\n'],
    ['more than is read', '200 OK\r\nContent-Length: 900000', 'x'.repeat(100_000)],
  ])('is no page cut short: %s', async (_, head, body) => {
    expect((await ask(answer(head, body))).failure).toBeUndefined();
  });

  test('a page without a length ends with its connection, and a reset is no end', async () => {
    const broken = await ask(
      (socket) => (socket.write('HTTP/1.1 200 OK\r\n\r\nso far'), setTimeout(() => socket.resetAndDestroy(), 50)),
    );
    expect(broken.failure?.code).toBe('reset');
  });

  test('what a status says is said also by a page that is not whole', async () => {
    expect((await ask(answer('503 Oh\r\nContent-Length: 40', 'so far'))).failure?.code).toBe('unavailable');
  });

  test('headers without end, as one, as many, as interim answers', async () => {
    const one = await ask((socket) => (socket.write('HTTP/1.1 200 OK\r\nX: '), forever(socket, 'x'.repeat(16_384))));
    expect(one.failure?.code).toBe('endless');
    const many = await ask((socket) => (socket.write('HTTP/1.1 200 OK\r\n'), forever(socket, 'X: y\r\n'.repeat(4096))));
    expect(many.failure?.code).toBe('endless');
    const interim = await ask((socket) => forever(socket, 'HTTP/1.1 100 Continue\r\n\r\n'));
    expect(interim.failure?.code).toBe('endless');
  });

  test('a body without end is read only so far', async () => {
    const one = await ask((socket) => (socket.write('HTTP/1.1 200 OK\r\n\r\n'), forever(socket, 'x'.repeat(16_384))));
    expect(one.failure).toBeUndefined();
    expect(one.bodyBytes).toBeLessThan(200_000);
    expect(one.bodyHead).toHaveLength(2048);
  });

  test('a byte now and then, in the head and in an announced body', async () => {
    const head = await ask((socket) => forever(socket, 'H', 40), '/', 300);
    expect(head.failure?.code).toMatch(/timed-out|not-http/);
    const slow = await ask((socket) => (socket.write('HTTP/1.1 200 OK\r\nX: '), forever(socket, 'y', 40)), '/', 300);
    expect(slow.failure?.code).toBe('timed-out');
    const body = await ask(
      (socket) => (socket.write('HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n'), forever(socket, 'y', 40)),
      '/',
      300,
    );
    expect(body.failure?.code).toBe('timed-out');
    const events = await ask(
      (socket) => (
        socket.write('HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nTransfer-Encoding: chunked\r\n\r\n'),
        forever(socket, '1\r\ny\r\n', 40)
      ),
      '/',
      300,
    );
    expect(events.failure).toBeUndefined();
  });

  test('silence', async () => {
    expect((await ask(() => {}, '/', 300)).failure).toMatchObject({ operation: 'http', code: 'timed-out' });
  });
});
