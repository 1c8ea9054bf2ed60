import { execFileSync } from 'node:child_process';
import { closeSync, openSync, writeFileSync } from 'node:fs';
import { loadNative } from '../src/system/linux/native.js';

const CLONE_NEWNET = 0x40000000;

/** Network namespaces of a test's own. Needs root. */
export interface Namespaces {
  /** Does it with this thread inside the namespace: sockets opened and programs started in it belong there. */
  in<T>(name: string, work: () => T): T;
  /** Goes inside until `leave()`: for what opens sockets later than at once. */
  enter(name: string): void;
  leave(): void;
  /** Runs a program inside. */
  run(name: string, program: string, args: readonly string[], input?: string): string;
  /** `net.ipv4.ip_forward` and the like. */
  sysctl(name: string, key: string, value: string): void;
  remove(): void;
}

export const canMakeNamespaces = process.platform === 'linux' && process.geteuid?.() === 0;

let made = 0;

/** `links` are pairs of `namespace:device`, joined by a veth. */
export function makeNamespaces(names: readonly string[], links: readonly (readonly [string, string])[]): Namespaces {
  const native = loadNative();
  if (typeof native === 'string') throw new Error(native);
  const setns = native.load(null).func('setns', 'int', ['int', 'int']) as (fd: number, kind: number) => number;
  const home = openSync('/proc/thread-self/ns/net', 'r');
  const prefix = `wbt${process.pid}n${made++}`;
  const full = (name: string): string => `${prefix}-${name}`;
  const ip = (...args: string[]): void => void execFileSync('ip', args, { stdio: ['ignore', 'ignore', 'inherit'] });
  const open = new Map<string, number>();
  let inside = home;
  const enter = (fd: number | undefined): void => {
    if (fd === undefined || setns(fd, CLONE_NEWNET) !== 0) throw new Error('no such namespace');
    inside = fd;
  };
  for (const name of names) {
    ip('netns', 'add', full(name));
    open.set(name, openSync(`/run/netns/${full(name)}`, 'r'));
    ip('-n', full(name), 'link', 'set', 'lo', 'up');
  }
  for (const [a, b] of links) {
    const [one = '', oneDevice = ''] = a.split(':');
    const [two = '', twoDevice = ''] = b.split(':');
    ip('link', 'add', oneDevice, 'netns', full(one), 'type', 'veth', 'peer', 'name', twoDevice, 'netns', full(two));
    ip('-n', full(one), 'link', 'set', oneDevice, 'up');
    ip('-n', full(two), 'link', 'set', twoDevice, 'up');
  }
  const namespaces: Namespaces = {
    enter: (name) => enter(open.get(name)),
    leave: () => enter(home),
    in: (name, work) => {
      const before = inside;
      namespaces.enter(name);
      try {
        return work();
      } finally {
        enter(before);
      }
    },
    run: (name, program, args, input = '') =>
      namespaces.in(name, () =>
        execFileSync(program, args, { encoding: 'utf8', input, stdio: ['pipe', 'pipe', 'inherit'] }),
      ),
    sysctl: (name, key, value) =>
      namespaces.in(name, () => writeFileSync(`/proc/sys/${key.replaceAll('.', '/')}`, value)),
    remove: () => {
      namespaces.leave();
      for (const [name, fd] of open) {
        closeSync(fd);
        ip('netns', 'delete', full(name));
      }
      open.clear();
      closeSync(home);
    },
  };
  return namespaces;
}
