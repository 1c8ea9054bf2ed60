import { createServer, type Server } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { client, makeFaultWorld, ports, router, server } from '../../../test/fault-world.js';
import { canMakeNamespaces, type Namespaces } from '../../../test/namespaces.js';
import type { DatagramResult, DialResult, DialRequest } from '../../model/system.js';
import { SOCK_STREAM } from './constants.js';
import { encodeSocketAddress } from './socket-address.js';
import { linuxSockets } from './sockets.js';

const never = new AbortController().signal;
/** Beyond the first retransmission (1 s), which tells a packet that left from one that did not. */
const silence = 1500;

describe.runIf(canMakeNamespaces)('what a client sees of each fault (as root, in namespaces)', () => {
  const opened = linuxSockets(null);
  if (typeof opened === 'string') throw new Error(opened);
  const { sockets } = opened;
  let world: Namespaces;
  const servers: Server[] = [];
  let routes: Promise<DialResult[]>;
  let slow: Record<4 | 6, ReturnType<typeof startSlow>>;

  beforeAll(() => {
    world = makeFaultWorld();
    for (const port of [ports.open, ports.localAnswerDrop]) {
      const listener = createServer((socket) => socket.on('error', () => {}).end('hi'));
      world.in('server', () => listener.listen(port));
      servers.push(listener);
    }
    world.enter('client');
    // Besides icmp_ratelimit, errors of routes are limited to one a second for each asker (ip_error in route.c).
    routes = Promise.all(
      [17, 18, 19].map((host) => dial(`203.0.113.${host}`, 443, { timeoutMs: host === 17 ? 300 : 5000 })),
    );
    slow = { 4: startSlow(4), 6: startSlow(6) };
  });

  afterAll(async () => {
    await Promise.all(servers.map((one) => new Promise((resolve) => one.close(resolve))));
    world.remove();
  });

  const dial = async (address: string, port: number, more: Partial<DialRequest> = {}): Promise<DialResult> => {
    const result = await sockets.dial({ address, port, timeoutMs: silence, ...more }, never).done;
    result.stream?.destroy();
    return result;
  };
  const send = (address: string, port: number): Promise<DatagramResult> =>
    sockets.datagram({ address, port, payload: Uint8Array.of(1), timeoutMs: 200 }, never);
  /** What takes seconds goes on beside the rest. */
  const startSlow = (family: 4 | 6) => ({
    silent: Promise.all(
      [ports.serverDrop, ports.routerDrop, ports.localAnswerDrop, ports.localDrop, ports.localPostDrop].map((port) =>
        dial(server[family], port),
      ),
    ),
    searched: Promise.all(
      (family === 4 ? ['192.0.2.77', '198.51.100.77'] : ['2001:db8:1::77', '2001:db8:2::77']).map((address) =>
        dial(address, 80, { timeoutMs: 5000 }),
      ),
    ),
  });
  const icmp = (family: 4 | 6, type: number, code: number, from: string): object => ({
    origin: family === 4 ? 'icmp' : 'icmp6',
    type,
    code,
    from,
  });

  describe.each([4, 6] as const)('IPv%s', (family) => {
    it('an open port connects', async () => {
      const result = await dial(server[family], ports.open);
      expect(result).toMatchObject({ localAddress: client[family], icmp: [], synchronous: false });
      expect(result.failure).toBeUndefined();
    });

    it.each([
      ['a closed port', ports.closed],
      ['a reset by the server', ports.serverReset],
      ['a reset by a router', ports.routerReset],
    ])('%s refuses by a segment, without ICMP', async (_, port) => {
      const result = await dial(server[family], port);
      expect(result.failure).toEqual({ operation: 'connect', code: 'refused', raw: 'ECONNREFUSED' });
      expect(result).toMatchObject({ icmp: [], tcp: { segmentsIn: 1 } });
    });

    it('a reject by the server comes from the server', async () => {
      const result = await dial(server[family], ports.serverReject);
      const said = family === 4 ? icmp(4, 3, 3, server[4]) : icmp(6, 1, 4, server[6]);
      expect(result.failure).toMatchObject({ code: 'refused', from: server[family] });
      expect(result).toMatchObject({ icmp: [said], tcp: { segmentsIn: 0 } });
    });

    it.each([
      [
        'administratively',
        ports.routerProhibited,
        [3, 13, 'host-unreachable', 'EHOSTUNREACH'],
        [1, 1, 'prohibited', 'EACCES'],
      ],
      ['the port', ports.routerPort, [3, 3, 'refused', 'ECONNREFUSED'], [1, 4, 'refused', 'ECONNREFUSED']],
      [
        'the host',
        ports.routerHost,
        [3, 1, 'host-unreachable', 'EHOSTUNREACH'],
        [1, 3, 'host-unreachable', 'EHOSTUNREACH'],
      ],
      [
        'the net',
        ports.routerNet,
        [3, 0, 'network-unreachable', 'ENETUNREACH'],
        [1, 0, 'network-unreachable', 'ENETUNREACH'],
      ],
    ] as const)('a reject by a router (%s) comes from the router', async (_, port, v4, v6) => {
      const [type, code, failure, errno] = family === 4 ? v4 : v6;
      const [tcp, udp] = await Promise.all([dial(server[family], port), send(server[family], port)]);
      const raw = `${errno} ${family === 4 ? 'icmp' : 'icmp6'} ${type}/${code}`;
      expect(tcp.failure).toEqual({ operation: 'connect', code: failure, from: router[family], raw });
      expect(tcp.icmp).toEqual([icmp(family, type, code, router[family])]);
      expect(udp.outcome).toEqual({ operation: 'datagram', code: failure, from: router[family], raw });
    });

    it('silence tells by its retransmissions whether the segment left', async () => {
      const [byServer, byRouter, answer, local, post] = await slow[family].silent;
      for (const gone of [byServer, byRouter, answer]) {
        expect(gone?.failure).toEqual({ operation: 'connect', code: 'timed-out', raw: 'timeout' });
        expect(gone?.tcp).toMatchObject({ retransmitted: 1, totalRetransmitted: 1 });
      }
      for (const kept of [local, post]) {
        expect(kept?.failure?.code).toBe('timed-out');
        expect(kept?.tcp).toMatchObject({ retransmitted: 0, totalRetransmitted: 1 });
      }
    });

    it('a drop on this device refuses a datagram at once', async () => {
      const result = await send(server[family], ports.localDrop);
      expect(result.outcome).toMatchObject({ code: 'not-permitted', raw: 'EPERM' });
    });

    it('a reject on this device comes from its own address', async () => {
      const result = await dial(server[family], ports.localReject);
      expect(result.icmp).toEqual([family === 4 ? icmp(4, 3, 13, client[4]) : icmp(6, 1, 1, client[6])]);
      expect(result.failure?.from).toBe(client[family]);
    });

    it('a reset by this device comes even with a hop limit of 1, where one by a router does not', async () => {
      const [here, there] = await Promise.all([
        dial(server[family], ports.localReset, { ttl: 1 }),
        dial(server[family], ports.routerReset, { ttl: 1 }),
      ]);
      expect(here).toMatchObject({ failure: { code: 'refused', raw: 'ECONNREFUSED' }, icmp: [] });
      expect(there).toMatchObject({
        failure: { code: 'host-unreachable', from: router[family] },
        icmp: [family === 4 ? icmp(4, 11, 0, router[4]) : icmp(6, 3, 0, router[6])],
      });
    });

    it('the type of service is what was asked for', async () => {
      expect((await dial(server[family], ports.serverByService)).icmp).toEqual([]);
      expect((await dial(server[family], ports.serverByService, { tos: 0x10 })).icmp).toHaveLength(1);
    });

    it('an answer with a lower hop limit than asked for is ignored', async () => {
      const [near, far] = await Promise.all([
        dial(server[family], ports.closed, { minTtl: 63, timeoutMs: 300 }),
        dial(server[family], ports.closed, { minTtl: 64, timeoutMs: 300 }),
      ]);
      expect(near.failure?.code).toBe('refused');
      expect(far.failure?.code).toBe('timed-out');
    });

    it('the neighbour search fails after three seconds, told by whoever searched', async () => {
      const [onLink, behind] = await slow[family].searched;
      const unreachable: readonly [number, number] = family === 4 ? [3, 1] : [1, 3];
      expect(onLink).toMatchObject({
        failure: { code: 'host-unreachable' },
        icmp: [icmp(family, ...unreachable, client[family])],
      });
      expect(behind).toMatchObject({
        failure: { code: 'host-unreachable' },
        icmp: [icmp(family, ...unreachable, router[family])],
      });
      for (const result of [onLink, behind]) expect(result?.ms).toBeGreaterThan(2900);
    });

    it.each([
      ['blackhole', 1, 'invalid-route', 'EINVAL'],
      ['unreachable', 2, 'host-unreachable', 'EHOSTUNREACH'],
      ['prohibit', 3, 'prohibited', 'EACCES'],
    ])('a local %s route fails at once, without a segment', async (_, host, code, raw) => {
      const result = await dial(family === 4 ? `203.0.113.${host}` : `2001:db8:9::${host}`, 443);
      expect(result).toMatchObject({ failure: { code, raw }, synchronous: true, icmp: [], tcp: { segmentsOut: 0 } });
      expect(result.localPort).toBeGreaterThan(0);
    });
  });

  it('a throw route leads on to the default route or nowhere', async () => {
    world.run('client', 'ip', ['route', 'del', 'default']);
    const result = await dial('203.0.113.4', 443);
    world.run('client', 'ip', ['route', 'add', 'default', 'via', router[4]]);
    expect(result).toMatchObject({ failure: { code: 'network-unreachable', raw: 'ENETUNREACH' }, synchronous: true });
  });

  it('routes of the router speak by ICMP', async () => {
    const [blackhole, unreachable, prohibit] = await routes;
    expect(blackhole?.failure?.code).toBe('timed-out');
    expect(unreachable).toMatchObject({ failure: { code: 'host-unreachable' }, icmp: [icmp(4, 3, 1, router[4])] });
    expect(prohibit).toMatchObject({ failure: { code: 'host-unreachable' }, icmp: [icmp(4, 3, 13, router[4])] });
  });

  it('a device that is asked for is the one that is used', async () => {
    const [loopback, ethernet] = await Promise.all([
      dial(server[4], ports.closed, { interface: 'lo', timeoutMs: 300 }),
      dial(server[4], ports.closed, { interface: 'eth0' }),
    ]);
    expect(ethernet.failure?.code).toBe('refused');
    expect(loopback.failure?.code).not.toBe('refused');
  });

  it('a connection that is given up tells the counters of that moment', async () => {
    const dialling = sockets.dial({ address: server[4], port: ports.serverDrop, timeoutMs: 5000 }, never);
    await new Promise((resolve) => setTimeout(resolve, 30));
    expect(dialling.peek()).toMatchObject({ segmentsOut: 1, totalRetransmitted: 0 });
    dialling.giveUp();
    expect(await dialling.done).toMatchObject({
      failure: { code: 'timed-out', raw: 'given up' },
      tcp: { segmentsOut: 1 },
    });
    expect(dialling.peek()).toBeNull();
  });

  it('an abort ends all at once', async () => {
    const stop = new AbortController();
    const dials = Array.from({ length: 20 }, () =>
      sockets.dial({ address: server[4], port: ports.serverDrop, timeoutMs: 5000 }, stop.signal),
    );
    const datagram = sockets.datagram(
      { address: server[4], port: ports.serverDrop, payload: Uint8Array.of(1), timeoutMs: 5000 },
      stop.signal,
    );
    const began = performance.now();
    setTimeout(() => stop.abort(), 20);
    const results = await Promise.all(dials.map(({ done }) => done));
    expect(results.every(({ failure }) => failure?.raw === 'aborted')).toBe(true);
    expect((await datagram).outcome).toMatchObject({ raw: 'aborted' });
    expect(performance.now() - began).toBeLessThan(500);
  });

  it('a full queue of a listener is silence, with retransmissions', async () => {
    const listening = listenWithoutAccepting(9000);
    const results = await Promise.all([1, 2, 3].map(() => dial(server[4], 9000)));
    opened.kernel.close(listening);
    const silent = results.filter(({ failure }) => failure !== undefined);
    expect([1, 2]).toContain(silent.length);
    for (const result of silent) {
      expect(result).toMatchObject({
        failure: { code: 'timed-out' },
        tcp: { retransmitted: 1, totalRetransmitted: 1 },
      });
    }
  });

  const listenWithoutAccepting = (port: number): number => {
    const { kernel } = opened;
    const listen = kernel.libc.native.load(null).func('listen', 'int', ['int', 'int']) as (
      fd: number,
      backlog: number,
    ) => number;
    const fd = world.in('server', () => kernel.open(4, SOCK_STREAM));
    const address = encodeSocketAddress('0.0.0.0', port);
    if (!address || kernel.bind(fd, address.bytes) !== 0 || listen(fd, 0) !== 0) throw new Error('cannot listen');
    return fd;
  };
});
