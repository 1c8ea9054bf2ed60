import { chmodSync, chownSync, mkdtempSync, rmSync } from 'node:fs';
import { createServer, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { canMakeNamespaces, makeNamespaces, type Namespaces } from '../../../test/namespaces.js';
import { linuxSockets } from './sockets.js';
import type { SocketOwner } from './socket-owner.js';

const never = new AbortController().signal;
const uid = 54_321;
const gid = 54_322;
const team = 54_323;

describe.runIf(canMakeNamespaces)('sockets of another user (as root, in a namespace)', () => {
  let world: Namespaces;
  let server: Server;
  let directory: string;

  beforeAll(async () => {
    world = makeNamespaces(['device'], []);
    const table = 'table inet t { chain o {\n type filter hook output priority 0; policy accept;\n }\n }\n';
    world.run('device', 'nft', ['-f', '-'], table);
    server = createServer((socket) => socket.on('error', () => {}).end());
    directory = mkdtempSync(path.join(tmpdir(), 'whoblocked-'));
    chmodSync(directory, 0o755);
    await new Promise<void>((resolve) => server.listen(path.join(directory, 'socket'), resolve));
    chownSync(path.join(directory, 'socket'), 0, team);
    chmodSync(path.join(directory, 'socket'), 0o660);
  });

  afterAll(async () => {
    world.remove();
    await new Promise((resolve) => server.close(resolve));
    rmSync(directory, { recursive: true });
  });

  const socketsOf = (owner: SocketOwner | null) => {
    const opened = linuxSockets(owner);
    if (typeof opened === 'string') throw new Error(opened);
    return opened.sockets;
  };

  /** Nobody listens: what the rule does not drop is refused. */
  const matched = async (owner: SocketOwner | null, port: number): Promise<boolean> => {
    world.run('device', 'nft', ['-f', '-'], `flush chain inet t o\n${ruleFor(port)}\n`);
    const sockets = socketsOf(owner);
    const result = await world.in('device', () => sockets.dial({ address: '127.0.0.1', port, timeoutMs: 100 }, never))
      .done;
    return result.failure?.code === 'timed-out';
  };
  const ruleFor = (port: number): string => {
    const who = { 2001: `meta skuid ${uid}`, 2002: `meta skgid ${gid}`, 2003: 'meta skuid 0' }[port] ?? '';
    return `add rule inet t o ${who} tcp dport ${port} drop`;
  };

  it.each([
    ['the user', 2001, true, false],
    ['the group', 2002, true, false],
    ['root', 2003, false, true],
  ])('a rule for %s matches whose sockets they are', async (_, port, asUser, asRoot) => {
    expect(await matched({ uid, gid }, port)).toBe(asUser);
    expect(await matched(null, port)).toBe(asRoot);
  });

  it('opens a unix socket with the rights of that user, groups included', async () => {
    const file = path.join(directory, 'socket');
    const dial = async (owner: SocketOwner | null): Promise<string> => {
      const result = await socketsOf(owner).dialUnix(file, 100, never).done;
      result.stream?.destroy();
      return result.failure?.raw ?? 'connected';
    };
    expect(await dial(null)).toBe('connected');
    expect(await dial({ uid, gid })).toBe('EACCES');
    expect(await dial({ uid, gid, groups: [team] })).toBe('connected');
    expect(process.geteuid?.()).toBe(0);
  });
});
