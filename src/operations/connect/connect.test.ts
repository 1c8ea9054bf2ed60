import { describe, expect, it } from 'vitest';
import { checkOperation, kindOf } from '../all.js';
import type { Hands } from '../operation-kind.js';
import { cells } from '../network-manager/nmcli.js';

describe('an interface that is connected', () => {
  it.each([
    { kind: 'link-connect', device: 'eth0', by: 'dhclient' },
    { kind: 'link-connect', device: 'wlp2s0.7', by: 'NetworkManager' },
  ])('takes %j', (operation) => expect(checkOperation(operation)).toEqual(operation));

  it.each([
    { kind: 'link-connect', device: '../eth0', by: 'dhclient' },
    { kind: 'link-connect', device: '-x', by: 'dhclient' },
    { kind: 'link-connect', device: 'eth0 up', by: 'dhclient' },
    { kind: 'link-connect', device: 'eth0', by: 'sh' },
    { kind: 'link-connect', device: 'eth0', by: 'dhclient', pidFile: '/etc/passwd' },
  ])('refuses %j', (operation) => expect(() => checkOperation(operation)).toThrow(/not valid/));
});

describe('a change of an interface that was cut off', () => {
  const operation = checkOperation({ kind: 'link-connect', device: 'eth0', by: 'dhcpcd' });
  const { rest } = kindOf(operation);
  /** The default route comes with the fourth look. */
  const world = (): { hands: Hands; looks: () => number; passed: () => number } => {
    let [looks, now] = [0, 0];
    const link = [{ flags: ['UP'], mtu: 1500, addr_info: [{ family: 'inet', local: '192.0.2.7', prefixlen: 24 }] }];
    const said = (words: readonly string[]): string => {
      if (words[0] === '-j') return JSON.stringify(link);
      looks += 1;
      return looks > 3 ? 'default via 192.0.2.1' : '';
    };
    const hands = {
      run: (_: string, words: readonly string[]) =>
        Promise.resolve({ exit: 0, stdout: said(words), stderr: '', truncated: false }),
      disk: { read: () => Promise.resolve(null) },
      clock: { now: () => now, sleep: (ms: number) => Promise.resolve(void (now += ms)) },
    };
    return { hands: hands as unknown as Hands, looks: () => looks, passed: () => now };
  };

  it('is waited for where a client runs that was told to ask, and no longer than it takes', async () => {
    const { hands, looks, passed } = world();
    const state = await kindOf(operation).capture(operation, hands);
    await rest?.(operation, { ...(state as object), runs: true }, hands);
    expect(looks()).toBe(5);
    expect(passed()).toBeLessThan(2_000);
  });

  it('is not waited for where none ran', async () => {
    const { hands, looks } = world();
    const state = await kindOf(operation).capture(operation, hands);
    await rest?.(operation, { ...(state as object), runs: false }, hands);
    expect(looks()).toBe(1);
  });
});

describe('what nmcli prints', () => {
  it.each([
    ['a:b:c', ['a', 'b', 'c']],
    [String.raw`a\:b:c\\:`, ['a:b', 'c\\', '']],
    ['', ['']],
  ])('%s is %j', (line, expected) => expect(cells(line).slice(0, expected.length)).toEqual(expected));
});
