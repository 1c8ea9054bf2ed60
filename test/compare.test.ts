import { spawn, type ChildProcess } from 'node:child_process';
import { createServer, type Server } from 'node:http';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Comparison } from '../src/model/comparison.js';
import { builtCommand } from './built.js';
import { canMakeNamespaces, makeNamespaces, type Namespaces } from './namespaces.js';

const server = '198.51.100.10';
const target = (port: number): string => `http://${server}:${port}/`;

/** A device with two ways out, of which the first one's router refuses a port. */
describe.runIf(canMakeNamespaces)('whoblocked compare (as root, in namespaces)', () => {
  let world: Namespaces;
  let command = '';
  const servers: Server[] = [];

  beforeAll(async () => {
    command = await builtCommand();
    world = makeNamespaces(
      ['client', 'one', 'two', 'server'],
      [
        ['client:c1', 'one:lan'],
        ['client:c2', 'two:lan'],
        ['one:wan', 'server:s1'],
        ['two:wan', 'server:s2'],
      ],
    );
    const ip = (name: string, ...lines: string[]): void => {
      for (const line of lines) world.run(name, 'ip', line.split(' '));
    };
    for (const router of ['one', 'two']) world.sysctl(router, 'net.ipv4.ip_forward', '1');
    ip('client', 'addr add 192.168.1.2/24 dev c1', 'addr add 192.168.2.2/24 dev c2');
    ip(
      'one',
      'addr add 192.168.1.1/24 dev lan',
      'addr add 203.0.113.1/30 dev wan',
      `route add ${server} via 203.0.113.2`,
    );
    ip(
      'two',
      'addr add 192.168.2.1/24 dev lan',
      'addr add 203.0.113.5/30 dev wan',
      `route add ${server} via 203.0.113.6`,
    );
    ip('server', `addr add ${server}/32 dev lo`, 'addr add 203.0.113.2/30 dev s1', 'addr add 203.0.113.6/30 dev s2');
    ip('server', 'route add 192.168.1.0/24 via 203.0.113.1', 'route add 192.168.2.0/24 via 203.0.113.5');
    ip('client', 'route add default via 192.168.1.1 metric 100', 'route add default via 192.168.2.1 metric 200');
    const rules =
      'table inet t { chain f { type filter hook forward priority 0; policy accept; tcp dport 8081 reject with icmpx admin-prohibited\n }\n }';
    world.run('one', 'nft', ['-f', '-'], `${rules}\n`);
    for (const port of [8080, 8081]) {
      const one = createServer((_request, response) => response.end('ok'));
      world.in('server', () => one.listen(port));
      servers.push(one);
    }
  }, 60_000);

  afterAll(() => {
    for (const one of servers) one.close();
    world.remove();
  });

  const begin = (...args: string[]): ChildProcess =>
    world.in('client', () =>
      spawn(process.execPath, [command, 'compare', ...args, '--no-references'], { stdio: 'pipe' }),
    );

  const compared = async (child: ChildProcess): Promise<{ found: Comparison; code: number | null }> => {
    let text = '';
    child.stdout?.on('data', (piece: Buffer) => (text += piece.toString()));
    const code = await new Promise<number | null>((resolve) => child.once('close', resolve));
    return { found: JSON.parse(text) as Comparison, code };
  };

  it('names the network when only one of them fails', async () => {
    const { found, code } = await compared(begin(target(8081), '--json'));
    expect(found.schema).toBe('whoblocked/compare/1');
    expect(found.vantages.map(({ name, report }) => [name, report.verdict.cause])).toEqual([
      ['c1', 'rejected-by-hop'],
      ['c2', 'reachable'],
    ]);
    expect(found.verdict).toMatchObject({
      outcome: 'differs',
      differs: 'network',
      cause: { cause: 'rejected-by-hop' },
    });
    expect(found.verdict.summary).toContain('192.168.1.1');
    expect(code).toBe(1);
  }, 30_000);

  it('says so when it works from everywhere', async () => {
    const { found, code } = await compared(begin(target(8080), '--json'));
    expect(found.verdict).toMatchObject({ outcome: 'works', differs: 'nothing' });
    expect(code).toBe(0);
  }, 30_000);

  it('blames no network when it fails alike through both', async () => {
    const { found } = await compared(begin(target(8082), '--json', '--interface', 'c1', '--interface', 'c2'));
    expect(found.verdict.outcome).toBe('fails');
    expect(['server', 'device-or-server']).toContain(found.verdict.differs);
  }, 30_000);

  it('waits for the other network, hears of it, and looks again', async () => {
    const child = begin(target(8081), '--json', '--guided');
    const done = compared(child);
    let told = '';
    const switched = new Promise<void>((resolve) => {
      child.stderr?.on('data', (piece: Buffer) => {
        told += piece.toString();
        if (told.includes('switch this computer')) resolve();
      });
    });
    await switched;
    world.run('client', 'ip', ['route', 'del', 'default', 'via', '192.168.1.1']);
    const { found, code } = await done;
    world.run('client', 'ip', ['route', 'add', 'default', 'via', '192.168.1.1', 'metric', '100']);
    expect(found.vantages.map(({ kind }) => kind)).toEqual(['here', 'switched']);
    expect(found.verdict).toMatchObject({ outcome: 'differs', differs: 'network' });
    expect(code).toBe(1);
  }, 60_000);
});
