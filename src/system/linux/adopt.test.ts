import { once } from 'node:events';
import { readdirSync } from 'node:fs';
import { createServer, type AddressInfo, type Server } from 'node:net';
import tls from 'node:tls';
import type { Duplex } from 'node:stream';
import { afterEach, describe, expect, it } from 'vitest';
import { linuxSockets } from './sockets.js';

const never = new AbortController().signal;

describe.runIf(process.platform === 'linux')('a connection handed over to Node', () => {
  const opened = linuxSockets(null);
  if (typeof opened === 'string') throw new Error(opened);
  const { sockets } = opened;
  const servers: Server[] = [];

  afterEach(() => servers.splice(0).forEach((server) => server.close()));

  const listening = async (server: Server): Promise<number> => {
    servers.push(server);
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    return (server.address() as AddressInfo).port;
  };
  const dial = async (port: number): Promise<Duplex> => {
    const { stream } = await sockets.dial({ address: '127.0.0.1', port, timeoutMs: 1000 }, never).done;
    if (!stream) throw new Error('no stream');
    return stream;
  };
  const sleep = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

  it('carries TLS', async () => {
    const psk = Buffer.alloc(32, 7);
    const suite = { ciphers: 'PSK-AES128-GCM-SHA256', maxVersion: 'TLSv1.2' } as const;
    const server = tls.createServer({ ...suite, pskCallback: () => psk }, (socket) =>
      socket.on('error', () => {}).end('secret'),
    );
    const socket = await dial(await listening(server));
    const secure = tls.connect({
      socket,
      ...suite,
      pskCallback: () => ({ psk, identity: 'me' }),
      checkServerIdentity: () => undefined,
    });
    let all = '';
    for await (const chunk of secure) all += String(chunk);
    expect(all).toBe('secret');
  });

  it('keeps bytes and the end until somebody reads', async () => {
    const stream = await dial(await listening(createServer((socket) => socket.end('early'))));
    await sleep(30);
    expect(stream.readableLength).toBe(0);
    let all = '';
    for await (const chunk of stream) all += String(chunk);
    expect(all).toBe('early');
  });

  it('keeps a reset until somebody reads, and throws at nobody', async () => {
    const stream = await dial(await listening(createServer((socket) => socket.resetAndDestroy())));
    await sleep(30);
    expect(stream.destroyed).toBe(false);
    const failed = once(stream, 'error');
    stream.resume();
    expect((await failed)[0]).toMatchObject({ code: 'ECONNRESET' });
  });

  it('leaves no file open, however a dial ends', async () => {
    const port = await listening(createServer((socket) => socket.on('error', () => {}).end()));
    const count = (): number => readdirSync('/proc/self/fd').length;
    (await dial(port)).destroy();
    await sleep(20);
    const before = count();
    const stop = new AbortController();
    const request = { address: '127.0.0.1', port, timeoutMs: 200 };
    const onBound = (): Promise<void> => sleep(1000);
    const dials = [
      sockets.dial({ ...request, port: 1 }, never),
      sockets.dial({ ...request, interface: 'nowhere0' }, never),
      sockets.dial({ ...request, address: 'no address' }, never),
      sockets.dial({ ...request, onBound }, stop.signal),
      sockets.dial(request, AbortSignal.abort()),
      sockets.dialUnix('/no/such/socket', 100, never),
    ];
    const fault = sockets
      .dial({ ...request, onBound: () => Promise.reject(new Error('ours')) }, never)
      .done.catch(() => null);
    const datagram = sockets.datagram({ ...request, payload: Uint8Array.of(1), port: 1 }, never);
    stop.abort();
    const results = await Promise.all(dials.map(({ done }) => done));
    await Promise.all([fault, datagram]);
    expect(results.every(({ failure }) => failure)).toBe(true);
    (await dial(port)).destroy();
    await sleep(20);
    expect(count()).toBe(before);
  });
});
