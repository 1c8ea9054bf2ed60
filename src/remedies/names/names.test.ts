import { describe, expect, it } from 'vitest';
import type { Ailment } from '../../model/remedy.js';
import { checkOperation } from '../../operations/all.js';
import { remedy as flush } from './flush-name-cache.js';
import { remedy as ipv4 } from './prefer-ipv4.js';
import type { Owner } from './resolver-owners.js';
import { remedy as resolver } from './switch-resolver.js';

const dead = '203.0.113.54';

function ailment(culprit: object, more: Readonly<Record<string, unknown>> = {}, addresses: string[] = []): Ailment {
  const value: Readonly<Record<string, unknown>> = {
    'name.config': { resolvers: [{ address: dead, location: '/etc/resolv.conf:1' }], file: { link: null } },
    'name.system': { addresses },
    ...more,
  };
  const facts = Object.fromEntries(Object.entries(value).map(([key, one]) => [key, { state: 'known', value: one }]));
  return { target: { host: 'shop.example' }, verdict: { culprit }, facts } as unknown as Ailment;
}

const answered = (address: string): object => ({
  answers: [{ resolver: address, port: 53, addresses: ['198.51.100.10'] }],
});
const silent = { answers: [{ resolver: dead, port: 53, addresses: [], failure: { code: 'timed-out' } }] };
const gone = (word: string) =>
  ailment({ kind: 'resolver', address: dead }, { 'name.direct': silent, 'name.reference': answered(word) });

const nobody = { is: 'nobody' } as const;

describe('another name server', () => {
  const text = `# mine\nnameserver ${dead}\n`;

  it('takes the place of the one that is gone, in a plain file', () => {
    expect(resolver.plan(gone('192.168.7.1'), { text, owner: nobody })).toMatchObject({
      wider: false,
      operations: [
        {
          file: 'resolv.conf',
          edits: [
            { do: 'comment-out', line: 2 },
            { do: 'add', what: { is: 'nameserver', address: '192.168.7.1' } },
          ],
        },
      ],
    });
  });

  it('hears which names are looked up, where it is a public one', () =>
    expect(resolver.plan(gone('9.9.9.9'), { text, owner: nobody })).toMatchObject({ wider: true }));

  it('is set by systemd-resolved where that looks after it', () => {
    const stub = 'nameserver 127.0.0.53\n';
    const looks = {
      text: stub,
      owner: { is: 'systemd-resolved', links: [{ name: 'eth0', servers: [dead] }] },
    } as const;
    expect(resolver.plan(gone('192.168.7.1'), looks)).toMatchObject({
      operations: [{ kind: 'resolved-dns', link: 'eth0', servers: ['192.168.7.1'] }],
    });
    expect(
      resolver.plan(gone('192.168.7.1'), { text: stub, owner: { is: 'systemd-resolved', links: [] } }),
    ).toHaveProperty('whyNot');
  });

  it.each([
    ['nobody answered', ailment({ kind: 'resolver', address: dead }, { 'name.direct': silent }), text],
    ['it is none of the settings', ailment({ kind: 'resolver', address: '192.0.2.9' }, {}), text],
    ['the line is gone', gone('192.168.7.1'), 'nameserver 192.0.2.1\n'],
  ])('is not set where %s', (_why, one, file) =>
    expect(resolver.plan(one, { text: file, owner: nobody })).toHaveProperty('whyNot'),
  );

  const connection = '11111111-2222-4333-8444-555555555555';
  it.each<[Owner, object]>([
    [
      {
        is: 'NetworkManager',
        links: [
          { name: 'lo', servers: [] },
          { name: 'eth0', servers: [dead], connection },
        ],
      },
      { kind: 'nm-dns', device: 'eth0', connection, server: '192.168.7.1', dead },
    ],
    [
      { is: 'resolvconf', by: 'openresolv' },
      { kind: 'resolvconf-dns', by: 'openresolv', server: '192.168.7.1' },
    ],
    [
      { is: 'resolvconf', by: 'head' },
      { kind: 'resolvconf-dns', by: 'head', server: '192.168.7.1' },
    ],
  ])('is told to whoever writes the file: %j', (owner, operation) => {
    const plan = resolver.plan(gone('192.168.7.1'), { text, owner });
    expect(plan).toMatchObject({ operations: [operation] });
    for (const one of 'operations' in plan ? plan.operations : []) expect(checkOperation(one)).toEqual(one);
  });

  it.each<Owner>([
    { is: 'NetworkManager', links: [{ name: 'eth0', servers: ['192.0.2.9'], connection }] },
    { is: 'resolvconf', by: null },
    { is: 'other', words: 'wicked with its own settings' },
  ])('is left alone where whoever writes the file cannot be told: %j', (owner) =>
    expect(resolver.plan(gone('192.168.7.1'), { text, owner })).toHaveProperty('whyNot'),
  );
});

describe('a cache of names', () => {
  it('is emptied by its own program', () => {
    const nscd = ailment({ kind: 'cache', name: 'nscd' });
    expect(flush.plan(nscd, null)).toMatchObject({ operations: [{ kind: 'flush-cache', cache: 'nscd' }] });
    const here = ailment({ kind: 'cache', address: '127.0.0.1', name: 'dnsmasq-2.89' });
    expect(flush.plan(here, null)).toMatchObject({ operations: [{ cache: 'dnsmasq' }] });
    const stub = ailment({ kind: 'cache', address: '127.0.0.53' });
    expect(flush.plan(stub, null)).toMatchObject({ operations: [{ cache: 'systemd-resolved' }] });
  });
  it('forgets the names that were asked for alone, where it can', () => {
    const said = { 'name.direct': { answers: [{ resolver: '127.0.0.1', cnames: ['cdn.example.'], addresses: [] }] } };
    const unbound = ailment({ kind: 'cache', address: '127.0.0.1', name: 'unbound 1.17.1' }, said);
    expect(flush.plan(unbound, null)).toMatchObject({
      title: expect.stringContaining('shop.example, cdn.example') as unknown,
      operations: [{ cache: 'unbound', names: ['shop.example', 'cdn.example'] }],
    });
  });
  it("is left alone where it is another computer's", () =>
    expect(flush.plan(ailment({ kind: 'cache', address: '192.168.7.1', name: 'dnsmasq' }), null)).toHaveProperty(
      'whyNot',
    ));
});

describe('IPv4 before IPv6', () => {
  const both = ailment({}, {}, ['2001:db8::1', '192.0.2.1']);
  it('is one line at the end of the file', () => {
    const plan = ipv4.plan(both, '# a\n#precedence ::/0 40\n');
    expect(plan).toMatchObject({ operations: [{ edits: [{ do: 'add', below: 2, was: '#precedence ::/0 40' }] }] });
    expect(ipv4.plan(both, '# a')).toMatchObject({ operations: [{ edits: [{ below: 1, was: '# a' }] }] });
  });
  it('is left alone where an order is set, or there is one kind only', () => {
    expect(ipv4.plan(both, 'precedence ::/0 40\n')).toHaveProperty('whyNot');
    expect(ipv4.plan(ailment({}, {}, ['192.0.2.1']), '')).toHaveProperty('whyNot');
    expect(ipv4.plan(both, null)).toHaveProperty('whyNot');
  });
});

describe('operations on names', () => {
  it.each([
    { kind: 'flush-cache', cache: 'nscd' },
    { kind: 'flush-cache', cache: 'unbound', names: ['_sip._tcp.shop.example', 'a'] },
    { kind: 'resolved-dns', link: 'eth0', servers: ['192.0.2.1', '2001:db8::1'] },
  ])('take %j', (operation) => expect(checkOperation(operation)).toEqual(operation));
  it.each([
    { kind: 'flush-cache', cache: 'bind' },
    { kind: 'flush-cache', cache: 'nscd', names: ['shop.example'] },
    { kind: 'flush-cache', cache: 'unbound', names: ['-c'] },
    { kind: 'flush-cache', cache: 'unbound', names: ['a\nb'] },
    { kind: 'flush-cache', cache: 'unbound', names: ['.'] },
    { kind: 'flush-cache', cache: 'unbound', names: [] },
    { kind: 'resolved-dns', link: '--help', servers: ['192.0.2.1'] },
    { kind: 'resolved-dns', link: 'eth0', servers: ['x'] },
    { kind: 'resolved-dns', link: 'eth0', servers: [] },
    { kind: 'resolvconf-dns', by: 'head', server: '192.0.2.1; reboot' },
    { kind: 'resolvconf-dns', by: 'elsewhere', server: '192.0.2.1' },
    {
      kind: 'nm-dns',
      device: '../eth0',
      connection: '11111111-2222-4333-8444-555555555555',
      server: '192.0.2.1',
      dead: '192.0.2.2',
    },
    { kind: 'nm-dns', device: 'eth0', connection: 'home', server: '192.0.2.1', dead: '192.0.2.2' },
  ])('refuse %j', (operation) => expect(() => checkOperation(operation)).toThrow(/not valid/));
});
