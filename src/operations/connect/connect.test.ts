import { describe, expect, it } from 'vitest';
import { checkOperation } from '../all.js';
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

describe('what nmcli prints', () => {
  it.each([
    ['a:b:c', ['a', 'b', 'c']],
    [String.raw`a\:b:c\\:`, ['a:b', 'c\\', '']],
    ['', ['']],
  ])('%s is %j', (line, expected) => expect(cells(line).slice(0, expected.length)).toEqual(expected));
});
