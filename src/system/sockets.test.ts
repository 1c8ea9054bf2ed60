import { createSocket, type Socket as Udp } from 'node:dgram';
import { createServer as createTcp, type AddressInfo, type Server } from 'node:net';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { DialResult, Sockets } from '../model/system.js';
import { linuxSockets } from './linux/sockets.js';
import { plainSockets } from './plain/sockets.js';

const onLinux = process.platform === 'linux';
const opened = onLinux ? linuxSockets(null) : 'not Linux';
const never = new AbortController().signal;
const kinds: [string, Sockets][] = [['plain', plainSockets]];
if (typeof opened !== 'string') kinds.push(['system calls', opened.sockets]);

let server: Server;
let port = 0;
let closedPort = 0;
let udp: Udp;

beforeAll(async () => {
  server = createTcp((socket) => socket.on('error', () => {}).end('hello'));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  port = (server.address() as AddressInfo).port;
  const gone = createTcp();
  await new Promise<void>((resolve) => gone.listen(0, '127.0.0.1', resolve));
  closedPort = (gone.address() as AddressInfo).port;
  await new Promise((resolve) => gone.close(resolve));
  udp = createSocket('udp4', (bytes, from) => {
    udp.send('noise', from.port, from.address);
    udp.send(Buffer.concat([Buffer.from('re:'), bytes]), from.port, from.address);
  });
  await new Promise<void>((resolve) => udp.bind(0, '127.0.0.1', resolve));
});

afterAll(() => {
  server.close();
  udp.close();
});

const text = async (result: DialResult): Promise<string> => {
  if (!result.stream) throw new Error(`no stream: ${JSON.stringify(result)}`);
  let all = '';
  for await (const chunk of result.stream) all += String(chunk);
  return all;
};

it('has system calls on Linux', () => {
  if (onLinux) expect(opened).not.toBeTypeOf('string');
});

describe.each(kinds)('sockets by %s', (kind, sockets) => {
  const fd = kind === 'system calls';

  it('opens a connection and hands the stream over unread', async () => {
    const result = await sockets.dial({ address: '127.0.0.1', port, timeoutMs: 1000 }, never).done;
    expect(result.failure).toBeUndefined();
    expect(result).toMatchObject({ synchronous: false, localAddress: '127.0.0.1', icmp: fd ? [] : null });
    expect(result.localPort).toBeGreaterThan(0);
    expect(await text(result)).toBe('hello');
  });

  it('reads an answer that came while this process was busy beyond the timeout', async () => {
    const open = sockets.dial({ address: '127.0.0.1', port, timeoutMs: 20 }, never);
    const closed = sockets.dial({ address: '127.0.0.1', port: closedPort, timeoutMs: 20 }, never);
    const payload = Uint8Array.of(1);
    const datagram = sockets.datagram({ address: '127.0.0.1', port: closedPort, payload, timeoutMs: 20 }, never);
    const until = performance.now() + 60;
    while (performance.now() < until);
    const result = await open.done;
    expect(result.failure).toBeUndefined();
    result.stream?.destroy();
    expect((await closed.done).failure?.code).toBe('refused');
    expect((await datagram).outcome).toMatchObject({ code: 'refused' });
  });

  it('says that a closed port refused', async () => {
    const result = await sockets.dial({ address: '127.0.0.1', port: closedPort, timeoutMs: 1000 }, never).done;
    expect(result.failure).toEqual({ operation: 'connect', code: 'refused', raw: 'ECONNREFUSED' });
    expect(result.stream).toBeUndefined();
    if (fd) expect(result.tcp).toMatchObject({ segmentsOut: 1, segmentsIn: 1, retransmitted: 0 });
  });

  it('says the same over IPv6', async () => {
    const result = await sockets.dial({ address: '::1', port: closedPort, timeoutMs: 1000 }, never).done;
    expect(result.failure?.code).toBe('refused');
  });

  it('has nothing to do when the signal fired before', async () => {
    const result = await sockets.dial({ address: '127.0.0.1', port, timeoutMs: 1000 }, AbortSignal.abort()).done;
    expect(result.failure).toMatchObject({ code: 'timed-out', raw: 'aborted' });
  });

  it('counts datagrams that are not accepted and takes the one that is', async () => {
    const request = { address: '127.0.0.1', port: udp.address().port, payload: Buffer.from('ask'), timeoutMs: 1000 };
    const result = await sockets.datagram(
      { ...request, accept: (bytes) => Buffer.from(bytes).toString() === 're:ask' },
      never,
    );
    expect(result).toMatchObject({ outcome: 'reply', ignored: 1 });
    expect(Buffer.from(result.bytes ?? []).toString()).toBe('re:ask');
  });

  it('says that a closed UDP port refused', async () => {
    const result = await sockets.datagram(
      { address: '127.0.0.1', port: closedPort, payload: Buffer.from('x'), timeoutMs: 1000 },
      never,
    );
    expect(result.outcome).toMatchObject({ operation: 'datagram', code: 'refused' });
    if (fd) expect(result.icmp).toEqual([{ origin: 'icmp', type: 3, code: 3, from: '127.0.0.1' }]);
  });

  it('waits for a datagram no longer than it was told to', async () => {
    const result = await sockets.datagram(
      { address: '127.0.0.1', port: udp.address().port, payload: Buffer.from('x'), timeoutMs: 30, accept: () => false },
      never,
    );
    expect(result).toMatchObject({ outcome: { code: 'timed-out' }, ignored: 2 });
    expect(result.ms).toBeLessThan(500);
  });

  it('hands a fault of the accepting function back', async () => {
    const request = { address: '127.0.0.1', port: udp.address().port, payload: Buffer.from('x'), timeoutMs: 1000 };
    const accept = (): boolean => {
      throw new Error('our own fault');
    };
    await expect(sockets.datagram({ ...request, accept }, never)).rejects.toThrow('our own fault');
  });

  it('connects to a unix socket and knows when there is none', async () => {
    const directory = mkdtempSync(path.join(tmpdir(), 'whoblocked-'));
    const file = path.join(directory, 'socket');
    const local = createTcp((socket) => socket.end('local'));
    await new Promise<void>((resolve) => local.listen(file, resolve));
    expect(await text(await sockets.dialUnix(file, 1000, never).done)).toBe('local');
    await new Promise((resolve) => local.close(resolve));
    expect((await sockets.dialUnix(file, 1000, never).done).failure).toMatchObject({
      code: 'not-found',
      raw: 'ENOENT',
    });
    rmSync(directory, { recursive: true });
  });
});

describe.runIf(typeof opened !== 'string')('sockets by system calls', () => {
  const sockets = typeof opened === 'string' ? plainSockets : opened.sockets;

  it('knows the local port before the first packet leaves, and waits for whoever arms something', async () => {
    let told = 0;
    const onBound = async (localPort: number): Promise<void> => {
      await new Promise((resolve) => setTimeout(resolve, 20));
      told = localPort;
    };
    const result = await sockets.dial({ address: '127.0.0.1', port: closedPort, timeoutMs: 1000, onBound }, never).done;
    expect(result.localPort).toBe(told);
    expect(result.ms).toBeLessThan(20);
  });

  it('hands a fault of the arming function back and closes the socket', async () => {
    const onBound = (): Promise<void> => Promise.reject(new Error('our own fault'));
    await expect(sockets.dial({ address: '127.0.0.1', port, timeoutMs: 1000, onBound }, never).done).rejects.toThrow(
      'our own fault',
    );
  });

  it('never dials the very port that it is bound to', async () => {
    // Every port of the range is closed but to itself: a socket that chose the dialled one would connect to itself.
    const ports = Array.from({ length: 400 }, (_, i) => 33_000 + i * 7).filter((other) => other !== port);
    const results = await Promise.all(
      ports.map((other) => sockets.dial({ address: '127.0.0.1', port: other, timeoutMs: 1000 }, never).done),
    );
    results.forEach((result) => result.stream?.destroy());
    expect(results.filter(({ localPort }, i) => localPort === ports[i])).toEqual([]);
  });

  it('refuses a link-local address without a zone as no fault of a route', async () => {
    const result = await sockets.dial({ address: 'fe80::1', port: 80, timeoutMs: 1000 }, never).done;
    expect(result.failure).toMatchObject({ code: 'failed', raw: 'EINVAL: zone of a link-local address' });
  });

  it('says that an interface does not exist', async () => {
    const result = await sockets.dial({ address: '127.0.0.1', port, timeoutMs: 1000, interface: 'nowhere0' }, never)
      .done;
    expect(result.failure).toMatchObject({ code: 'failed', raw: 'ENODEV: interface' });
  });

  it('connects by an IPv4-mapped address as by the plain one', async () => {
    const result = await sockets.dial({ address: '::ffff:127.0.0.1', port, timeoutMs: 1000 }, never).done;
    expect(result.localAddress).toBe('127.0.0.1');
    result.stream?.destroy();
  });

  it('takes a thousand closed ports at once', async () => {
    const dial = (): Promise<DialResult> =>
      sockets.dial({ address: '127.0.0.1', port: closedPort, timeoutMs: 5000 }, never).done;
    const results = await Promise.all(Array.from({ length: 1000 }, dial));
    expect(results.filter(({ failure }) => failure?.code === 'refused')).toHaveLength(1000);
  });
});
