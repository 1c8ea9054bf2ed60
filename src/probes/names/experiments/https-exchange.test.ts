import { createSecureServer, type ServerHttp2Stream } from 'node:http2';
import { createServer, type Server } from 'node:https';
import { afterAll, describe, expect, it } from 'vitest';
import { defaultOptions } from '../../../model/settings.js';
import { authorityExtensions, serverExtensions, Workshop } from '../../tls/fixtures/authority.js';
import { loopbackSystem, Servers } from '../../tls/fixtures/loopback.js';
import { httpsExchange } from './https-exchange.js';

const workshop = new Workshop();
const servers = new Servers();
afterAll(() => {
  servers.close();
  workshop.close();
});

const root = workshop.issue({ subject: '/CN=Root', extensions: authorityExtensions });
const leaf = workshop.issue({ subject: '/CN=dns', extensions: serverExtensions('IP:127.0.0.1'), issuer: root });
const other = workshop.issue({ subject: '/CN=dns', extensions: serverExtensions('IP:127.0.0.2'), issuer: root });
const query = Uint8Array.from({ length: 30 }, (_, i) => i);
const answered = Buffer.from('an answer that nobody here reads');
const asked = `/dns-query?dns=${Buffer.from(query).toString('base64url')}`;
const headers = { ':status': 200, 'content-type': 'application/dns-message' };

async function ask(server: Server | ReturnType<typeof createSecureServer>, timeoutMs = 3_000) {
  const port = await servers.listen(server);
  const context = { system: loopbackSystem([root.pem]), options: { ...defaultOptions } };
  const exchange = httpsExchange(context, port);
  return exchange({ address: '127.0.0.1', port: 53 }, query, timeoutMs, new AbortController().signal);
}

/** Speaks HTTP/2 and nothing else, as many servers of DNS do. */
function http2(onStream: (stream: ServerHttp2Stream, path: string) => void, certificate = leaf) {
  const server = createSecureServer({ key: certificate.key, cert: certificate.pem, allowHTTP1: false });
  server.on('sessionError', () => undefined);
  server.on('stream', (stream, received) => {
    stream.on('error', () => undefined);
    onStream(stream, String(received[':path']));
  });
  return server;
}

describe('DNS over HTTPS', () => {
  it('is asked by HTTP/2 where the server speaks that alone', async () => {
    const result = await ask(
      http2((stream, path) => {
        stream.respond(path === asked ? headers : { ':status': 404 });
        stream.end(answered);
      }),
    );
    expect(result).toMatchObject({ outcome: 'reply', bytes: Uint8Array.from(answered) });
  });

  it('is asked by HTTP/1.1 where the server does not', async () => {
    const result = await ask(
      createServer({ key: leaf.key, cert: leaf.pem }, (request, response) => {
        const good = request.url === asked && request.httpVersion === '1.1';
        response.writeHead(good ? 200 : 404, { 'content-type': 'application/dns-message' });
        response.end(answered);
      }),
    );
    expect(result).toMatchObject({ outcome: 'reply', bytes: Uint8Array.from(answered) });
  });

  it.each([
    ['another status', (stream: ServerHttp2Stream) => (stream.respond({ ':status': 503 }), stream.end()), 'status 503'],
    ['a page', (stream: ServerHttp2Stream) => (stream.respond({ ...headers, 'content-type': 'text/html' }), stream.end('<p>')), 'status 200'],
    ['an end without an answer', (stream: ServerHttp2Stream) => stream.session?.destroy(), /./],
    ['a stream that is reset', (stream: ServerHttp2Stream) => stream.close(2), 'ERR_HTTP2_STREAM_ERROR'],
    ['more than fits into an answer', (stream: ServerHttp2Stream) => (stream.respond(headers), stream.end(Buffer.alloc(70_000))), 'too long'],
  ] as const)('is not answered by %s', async (_, onStream, code) => {
    const result = await ask(http2(onStream));
    expect(result.outcome).toBe('failed');
    expect('code' in result ? result.code : '').toMatch(code);
  }); // prettier-ignore

  it('is waited for no longer than is left', async () => {
    expect(
      await ask(
        http2(() => undefined),
        400,
      ),
    ).toMatchObject({ outcome: 'timed-out' });
    const endless = http2((stream) => {
      stream.respond(headers);
      stream.write('a');
    });
    expect(await ask(endless, 400)).toMatchObject({ outcome: 'timed-out' });
  });

  it('is not answered by somebody whose certificate is for another address', async () => {
    const result = await ask(http2((stream) => (stream.respond(headers), stream.end(answered)), other));
    expect(result).toMatchObject({ outcome: 'failed' });
  });
});
