import { describe, expect, it } from 'vitest';
import { parseCall } from './arguments.js';

const call = (line: string): object => parseCall(line.split(' '));

describe('the words of rules and inbound', () => {
  it.each([
    ['inbound 8080', { port: 8080, question: { protocol: 'tcp', from: null } }],
    ['inbound 53 --proto udp', { port: 53, question: { protocol: 'udp', from: null } }],
    ['inbound udp/53', { port: 53, question: { protocol: 'udp', from: null } }],
    ['inbound 53/udp --from 203.0.113.9', { port: 53, question: { protocol: 'udp', from: '203.0.113.9' } }],
    ['inbound 443 --from [2001:DB8:0::9]', { port: 443, question: { protocol: 'tcp', from: '2001:db8::9' } }],
    ['inbound 443 --json --redact', { command: 'inbound', flags: { json: true, redact: true } }],
    [
      'rules shop.example:443 -4 --verbose',
      { command: 'rules-target', target: 'shop.example:443', family: 4, verbose: true },
    ],
    ['rules shop.example:443', { command: 'rules-target', protocol: 'tcp' }],
    ['rules 192.0.2.1:53 --proto UDP', { command: 'rules-target', target: '192.0.2.1:53', protocol: 'udp' }],
    ['rules --ruleset a --packets b', { command: 'rules', ruleset: 'a', packets: 'b' }],
  ])('%s', (line, expected) => {
    expect(call(line)).toMatchObject(expected);
  });

  it.each([
    'inbound',
    'inbound 0',
    'inbound 65536',
    'inbound http',
    'inbound 80 81',
    'inbound 80 --proto sctp',
    'inbound 80 --from shop.example',
    'inbound 80 --packets x',
    'rules',
    'rules a b',
    'rules shop.example --ruleset a',
    'rules shop.example --from 192.0.2.1',
    'rules shop.example --proto icmp',
    'rules --ruleset a --packets b --proto udp',
  ])('refuses: %s', (line) => {
    expect(() => call(line)).toThrow();
  });
});
