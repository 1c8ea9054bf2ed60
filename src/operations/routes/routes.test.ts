import { describe, expect, it } from 'vitest';
import { checkOperation } from '../all.js';
import { readPolicyRule } from './policy-rule.js';
import { readUnicastRoute, wordsOfUnicast } from './unicast-route.js';

const line = { prefix: 'default', via: '192.0.2.1', dev: 'eth0' };
const set = { kind: 'route-set', family: 4, table: 'main', remove: null, add: line };
const rule = { kind: 'rule-remove', family: 4, priority: 100, words: ['from', 'all', 'prohibit'] };

describe('a line of a routing table', () => {
  it.each([
    'default via 192.168.7.1 dev eth0 proto dhcp src 192.168.7.20 metric 100',
    '10.0.0.0/8 dev tun0 scope link',
    'default via fe80::1 dev eth0 metric 1024 onlink',
  ])('comes back by its words: %s', (text) =>
    expect(wordsOfUnicast(readUnicastRoute(text) ?? line).join(' ')).toBe(text),
  );

  it('has no state in its words', () =>
    expect(readUnicastRoute('10.0.0.0/8 dev eth1 proto kernel linkdown pref medium ')).toEqual({
      prefix: '10.0.0.0/8',
      dev: 'eth1',
      protocol: 'kernel',
    }));

  it.each([
    'default nexthop via 192.0.2.1 dev eth0 weight 1',
    'default via 192.0.2.1 dev eth0 expires 9sec',
    'unreachable default dev lo',
    'default via 192.0.2.1',
  ])('is left alone where it could not be put back: %s', (text) => expect(readUnicastRoute(text)).toBe(null));
});

describe('a rule of routing', () => {
  it('is read as ip prints it', () =>
    expect(readPolicyRule('32764:\tnot from all fwmark 0xca6c lookup 51820 ')).toEqual({
      priority: 32764,
      words: ['not', 'from', 'all', 'fwmark', '0xca6c', 'lookup', '51820'],
    }));
  it.each(['5: from all to 192.0.2.1 prohibit tos 0x10', 'from all lookup main', '5: from all lookup -x'])(
    'is left alone where a word is not known: %s',
    (text) => expect(readPolicyRule(text)).toBe(null),
  );
});

describe('operations on routes', () => {
  it.each([
    set,
    rule,
    { kind: 'nft-clamp', name: 'eth0', four: 1380, six: 1360 },
    { kind: 'iptables-clamp', backend: 'legacy', family: 6, name: 'eth0', size: 1360 },
    { kind: 'link-set', name: 'eth0', up: true },
    { kind: 'link-set', name: 'wg0', mtu: 1400 },
  ])('take %j', (operation) => expect(checkOperation(operation)).toEqual(operation));

  it.each([
    { ...set, add: null },
    { ...set, family: 6 },
    { ...set, table: 'local' },
    { ...set, add: { ...line, dev: '--help' } },
    { ...set, add: { ...line, via: 'x' } },
    { ...set, add: { ...line, encap: 'x' } },
    { ...set, add: { ...line, prefix: '192.0.2.0/33' } },
    { ...rule, priority: 0 },
    { ...rule, priority: 32_766 },
    { ...rule, words: ['from', 'all', 'goto', '5'] },
    { ...rule, words: ['from', 'all;reboot', 'prohibit'] },
    { ...rule, words: [] },
    { kind: 'nft-clamp', name: '--x', four: 1380, six: 1360 },
    { kind: 'nft-clamp', name: 'eth0', four: 100, six: 1360 },
    { kind: 'nft-clamp', name: 'eth0', four: 1380, six: 1360, table: 't' },
    { kind: 'iptables-clamp', backend: 'nft', family: 4, name: 'eth0 -j DROP', size: 1380 },
    { kind: 'iptables-clamp', backend: 'nft', family: 6, name: 'eth0', size: 1000 },
    { kind: 'link-set', name: 'eth0' },
    { kind: 'link-set', name: 'eth0', up: false },
    { kind: 'link-set', name: 'eth0', mtu: 576 },
    { kind: 'link-set', name: '../x', up: true },
  ])('refuse %j', (operation) => expect(() => checkOperation(operation)).toThrow(/not valid/));
});
