import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer, type Server } from 'node:net';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { bundle } from '../../../../test/bundle.js';
import { canMakeNamespaces, makeNamespaces, type Namespaces } from '../../../../test/namespaces.js';
import type { TraceEvent, TraceSession } from '../../../model/system.js';
import { linuxSockets } from '../sockets.js';
import { nftTracer } from './tracer.js';

const never = new AbortController().signal;
const server4 = '198.51.100.10';
const server6 = '2001:db8:2::10';
const own4 = '198.51.100.2';

describe.runIf(canMakeNamespaces)('tracing our own packets (as root, in a namespace)', () => {
  const opened = linuxSockets(null);
  if (typeof opened === 'string') throw new Error(opened);
  const { kernel, readiness, sockets } = opened;
  let world: Namespaces;
  const servers: Server[] = [];
  const sessions: TraceSession[] = [];

  beforeAll(() => {
    world = makeNamespaces(['client', 'server'], [['client:eth0', 'server:eth0']]);
    world.run(
      'client',
      'ip',
      ['-batch', '-'],
      `addr add ${own4}/24 dev eth0\naddr add 2001:db8:2::2/64 dev eth0 nodad\n`,
    );
    world.run(
      'server',
      'ip',
      ['-batch', '-'],
      `addr add ${server4}/24 dev eth0\naddr add ${server6}/64 dev eth0 nodad\n`,
    );
    for (const name of ['server', 'client']) {
      const listener = createServer((socket) => socket.on('error', () => {}).end());
      world.in(name, () => listener.listen(8080));
      servers.push(listener);
    }
    world.run(
      'client',
      'nft',
      ['-f', '-'],
      `table inet guard {
        chain out {
          type filter hook output priority 0; policy accept;
          tcp dport 1001 counter drop comment "no"
          udp dport 1001 drop
          tcp dport 1002 reject with tcp reset
          tcp dport 1003 jump strict
        }
        chain strict {
          counter
          ip daddr ${server4} drop
          ip6 daddr ${server6} drop
        }
        chain in {
          type filter hook input priority 0; policy accept;
          tcp sport 8081 drop
          tcp dport 1005 drop
        }
      }
      table ip closed {
        chain out {
          type filter hook output priority 10; policy drop;
          tcp dport != 1004 accept
          udp dport != 1004 accept
        }
      }
      table ip nat {
        chain out {
          type nat hook output priority -100;
          tcp dport 1006 dnat to ${server4}:1007
        }
      }
      table ip late {
        chain out {
          type filter hook output priority 20;
          tcp dport 1007 drop
        }
      }
      `,
    );
    world.run(
      'server',
      'nft',
      ['-f', '-'],
      `table ip n {
        chain p {
          type nat hook prerouting priority -100;
          tcp dport 8081 redirect to :8080
        }
      }
      `,
    );
    world.enter('client');
  });

  afterEach(async () => {
    await Promise.all(sessions.splice(0).map((one) => one.close()));
  });

  afterAll(async () => {
    await Promise.all(servers.map((one) => new Promise((resolve) => one.close(resolve))));
    world.remove();
  });

  const session = async (signal = never): Promise<TraceSession> => {
    const result = await nftTracer(kernel, readiness).open(signal);
    if ('operation' in result) throw new Error(result.raw);
    sessions.push(result);
    return result;
  };
  /** Dials while following, and gives the events and the local port. */
  const follow = async (
    one: TraceSession,
    address: string,
    port: number,
    timeoutMs = 150,
  ): Promise<{ events: readonly TraceEvent[]; localPort: number; outcome: string }> => {
    const onBound = async (localPort: number): Promise<void> => {
      expect(await one.follow({ protocol: 'tcp', address, port, localPort })).toBe(true);
    };
    const result = await sockets.dial({ address, port, timeoutMs, onBound }, never).done;
    result.stream?.destroy();
    const localPort = result.localPort ?? 0;
    await one.wait(localPort, ({ verdict }) => verdict === 'drop', 5);
    return {
      localPort,
      outcome: result.failure?.code ?? 'connected',
      events: one.events().filter((event) => event.localPort === localPort),
    };
  };
  const tables = (): string => world.run('client', 'nft', ['list', 'tables']);
  const stop = (events: readonly TraceEvent[]): object | undefined => {
    const found = events.find(({ verdict }) => verdict === 'drop');
    return (
      found && {
        direction: found.direction,
        family: found.family,
        table: found.table,
        chain: found.chain,
        kind: found.kind,
      }
    );
  };
  const handleOf = (table: string, text: string): number => {
    const line = world
      .run('client', 'nft', ['-a', 'list', 'table', ...table.split(' ')])
      .split('\n')
      .find((rule) => rule.includes(text));
    return Number(/# handle (\d+)/.exec(line ?? '')?.[1]);
  };

  it('arms in a few milliseconds and leaves nothing behind', async () => {
    const before = tables();
    const began = performance.now();
    const one = await session();
    const opened = performance.now() - began;
    await one.follow({ protocol: 'tcp', address: server4, port: 443, localPort: 40_000 });
    expect(tables()).toMatch(/whoblocked-[0-9a-f]{12}/);
    expect(opened).toBeLessThan(100);
    await one.close();
    expect(tables()).toBe(before);
  });

  it.each([server4, server6])('names the rule that drops what leaves (%s)', async (address) => {
    const one = await session();
    const { events, localPort, outcome } = await follow(one, address, 1001);
    expect(outcome).toBe('timed-out');
    expect(stop(events)).toEqual({ direction: 'out', family: 'inet', table: 'guard', chain: 'out', kind: 'rule' });
    expect(events.find(({ verdict }) => verdict === 'drop')?.rule?.handle).toBe(handleOf('inet guard', 'comment "no"'));
    expect(one.seen(localPort)).toMatchObject({ out: true, in: false });
  });

  it('shows the way through a chain that was jumped to, and no step of our own', async () => {
    const one = await session();
    const { events } = await follow(one, server4, 1003);
    const inGuard = events.filter(({ table }) => table === 'guard').slice(0, 3);
    expect(inGuard.map(({ chain, verdict }) => `${chain} ${verdict}`)).toEqual([
      'out jump',
      'strict continue',
      'strict drop',
    ]);
    expect(events.filter(({ table }) => table.startsWith('whoblocked'))).toEqual([]);
  });

  it('names a policy that drops', async () => {
    const one = await session();
    const { events } = await follow(one, server4, 1004);
    expect(stop(events)).toEqual({ direction: 'out', family: 'ip', table: 'closed', chain: 'out', kind: 'policy' });
  });

  it('shows a local reject as a drop', async () => {
    const one = await session();
    const { events, outcome } = await follow(one, server4, 1002);
    expect(outcome).toBe('refused');
    expect(stop(events)).toMatchObject({ table: 'guard', chain: 'out', kind: 'rule' });
  });

  it('names the rule that drops the answer', async () => {
    const one = await session();
    const { events, localPort } = await follow(one, server4, 8081);
    expect(stop(events)).toMatchObject({ direction: 'in', table: 'guard', chain: 'in', kind: 'rule' });
    expect(one.seen(localPort)).toMatchObject({ out: true, in: true });
  });

  it('names the rule that drops what arrives at this very device', async () => {
    const one = await session();
    const { events } = await follow(one, own4, 1005);
    expect(stop(events)).toMatchObject({ direction: 'out', table: 'guard', chain: 'in' });
  });

  it('follows a packet whose destination is rewritten', async () => {
    const one = await session();
    const { events } = await follow(one, '203.0.113.5', 1006).catch(() => ({ events: [] }));
    world.run('client', 'ip', ['route', 'replace', '203.0.113.0/24', 'via', server4]);
    const again = await follow(one, '203.0.113.5', 1006);
    expect(events).toEqual([]);
    expect(stop(again.events)).toMatchObject({ direction: 'out', table: 'late', chain: 'out' });
  });

  it.each([server4, server6])('sees nothing stop a connection that holds (%s)', async (address) => {
    const one = await session();
    const { events, localPort, outcome } = await follow(one, address, 8080, 1000);
    expect(outcome).toBe('connected');
    expect(stop(events)).toBeUndefined();
    expect(one.seen(localPort)).toMatchObject({ out: true, in: true });
  });

  it('follows datagrams', async () => {
    const one = await session();
    let localPort = 0;
    const onBound = async (bound: number): Promise<void> => {
      localPort = bound;
      await one.follow({ protocol: 'udp', address: server4, port: 1001, localPort: bound });
    };
    const result = await sockets.datagram(
      { address: server4, port: 1001, payload: Buffer.from('x'), timeoutMs: 100, onBound },
      never,
    );
    expect(result.outcome).toMatchObject({ code: 'not-permitted', raw: 'EPERM' });
    expect(await one.wait(localPort, ({ verdict }) => verdict === 'drop', 100)).toMatchObject({
      table: 'guard',
      direction: 'out',
    });
  });

  it('serves two at once without mixing them up', async () => {
    const [one, two] = await Promise.all([session(), session()]);
    const [first, second] = await Promise.all([follow(one, server4, 1001), follow(two, server4, 1004)]);
    expect(stop(first.events)).toMatchObject({ table: 'guard' });
    expect(stop(second.events)).toMatchObject({ table: 'closed' });
    expect(one.events().some(({ localPort }) => localPort === second.localPort)).toBe(false);
  });

  it('ends with the signal, and tells who waits', async () => {
    const stopped = new AbortController();
    const one = await session(stopped.signal);
    const waiting = one.wait(1, () => true, 10_000);
    stopped.abort();
    expect(await waiting).toBeNull();
    expect(await one.follow({ protocol: 'tcp', address: server4, port: 1, localPort: 1 })).toBe(false);
    await one.close();
    expect(tables()).not.toContain('whoblocked');
  });

  it('leaves no table when its process is killed', async () => {
    const child = spawn(process.execPath, [await bundle('test/programs/hold-trace.ts')], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    const [line] = (await once(child.stdout, 'data')) as [Buffer];
    expect(line.toString()).toBe('true\n');
    expect(tables()).toMatch(/whoblocked-/);
    child.kill('SIGKILL');
    await once(child, 'exit');
    expect(tables()).not.toContain('whoblocked-');
  });
});
