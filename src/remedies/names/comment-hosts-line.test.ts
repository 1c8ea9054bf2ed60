import { describe, expect, it } from 'vitest';
import type { HostsLine } from '../../model/facts.js';
import type { Ailment } from '../../model/remedy.js';
import { remedy } from './comment-hosts-line.js';

const host = 'shop.example';

function ailment(
  lines: readonly HostsLine[],
  { location = lines[0]?.location, published = ['192.0.2.10'] } = {},
): Ailment {
  return {
    target: { host },
    verdict: { cause: 'hosts-file-override', culprit: { kind: 'file', name: '', ...(location && { location }) } },
    facts: {
      'name.hosts': { state: 'known', value: lines },
      'name.direct': { state: 'known', value: { name: host, answers: [{ addresses: published }] } },
    },
  } as unknown as Ailment;
}
const at = (line: number, address: string): HostsLine => ({ address, location: `/etc/hosts:${line}`, text: '' });
const planned = (one: Ailment, text: string | null): object => remedy.plan(one, text);

describe('the line of the hosts file', () => {
  it('is switched off, and only that line', () => {
    expect(
      planned(ailment([at(2, '198.51.100.9')]), `::1 localhost\r\n198.51.100.9\tShop.Example # old\r\n`),
    ).toMatchObject({
      operations: [
        {
          kind: 'file-lines',
          file: 'hosts',
          edits: [{ do: 'comment-out', line: 2, was: '198.51.100.9\tShop.Example # old' }],
        },
      ],
      opens: [],
      wider: false,
    });
  });

  it('goes together with others that DNS does not give, and leaves the right one', () => {
    const lines = [at(1, '198.51.100.9'), at(2, '192.0.2.10'), at(3, '2001:DB8::9')];
    const plan = planned(
      ailment(lines),
      '198.51.100.9 shop.example\n192.0.2.10 shop.example\n2001:db8::9 shop.example\n',
    );
    expect(plan).toMatchObject({ operations: [{ edits: [{ line: 1 }, { line: 3 }] }] });
  });

  it('is the only one where DNS says nothing', () => {
    const plan = planned(
      ailment([at(1, '198.51.100.9'), at(2, '192.0.2.10')], { published: [] }),
      '198.51.100.9 shop.example\n192.0.2.10 shop.example\n',
    );
    expect(plan).toMatchObject({ operations: [{ edits: [{ line: 1 }] }] });
  });

  it('that names others too is wider than the target', () => {
    expect(planned(ailment([at(1, '198.51.100.9')]), '198.51.100.9 a.example shop.example\n')).toMatchObject({
      wider: true,
      opens: ['the line no longer answers for a.example either'],
    });
  });

  it('that leads nowhere may be meant', () => {
    for (const address of ['0.0.0.0', '127.0.0.1', '::'])
      expect(planned(ailment([at(1, address)]), `${address} shop.example\n`)).toHaveProperty('blockLooksRight');
  });

  it.each([
    ['changed meanwhile', '198.51.100.8 shop.example\n'],
    ['moved meanwhile', '\n198.51.100.9 shop.example\n'],
    ['commented out already', '# 198.51.100.9 shop.example\n'],
    ['of another name', '198.51.100.9 shop.example.net # shop.example\n'],
    ['gone', ''],
    ['in bytes that are no text', '198.51.100.9 shop.example # \u{FFFD}\n'],
    ['unreadable', null],
  ])('that is %s is not touched', (_what, text) => {
    expect(planned(ailment([at(1, '198.51.100.9')]), text)).toHaveProperty('whyNot');
  });

  it.each(['/etc/hosts', '/etc/hosts:', '/etc/hosts:1;reboot', '/tmp/hosts:1', '/etc/hosts:-1', '/etc/../tmp/x:1'])(
    'at %s is not offered',
    (location) => {
      const one = ailment([{ address: '198.51.100.9', location, text: '' }]);
      expect(remedy.offers(one)).toBe(false);
      expect(planned(one, '198.51.100.9 shop.example\n')).toHaveProperty('whyNot');
    },
  );
});
