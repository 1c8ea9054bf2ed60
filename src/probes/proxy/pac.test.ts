import type { Socket } from 'node:net';
import { afterAll, describe, expect, it } from 'vitest';
import type { Context } from '../../model/gatherer.js';
import { parseTarget } from '../../model/parse-target.js';
import { scriptFrom } from '../../model/script-url.js';
import type { PacAnswer, PacQuestion } from '../../model/system.js';
import { connected, loopbackSystem, Servers } from '../tls/fixtures/loopback.js';
import { runScript } from './pac.js';

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
