import { describe, expect, it } from 'vitest';
import { fakeSystem } from '../../../test/fake-system.js';
import type { TraceStep } from '../../model/facts.js';
import { excerptOf } from './excerpt.js';

const place = { family: 'ip', table: 'filter' };
const step = (chain: string, handle: number, verdict: string): TraceStep => {
  const rule = { backend: 'nft', ...place, chain, handle } as const;
  return { ...place, chain, kind: 'rule', verdict, rule };
};
const rule = (chain: string, handle: number, more: object = {}): object => ({
  rule: { ...place, chain, handle, expr: [{ match: { right: handle } }], ...more },
});
const nft = (...objects: object[]): string => JSON.stringify({ nftables: [{ metainfo: {} }, ...objects] });
const list = 'nft -j -t list';

const runs = (objects: object[], chains: object[] = []): Readonly<Record<string, string>> => ({
  [`${list} chains ip`]: nft(...chains),
  [`${list} chain ip filter OUTPUT`]: nft(
    { chain: { ...place, name: 'OUTPUT', hook: 'output' } },
    rule('OUTPUT', 1),
    rule('OUTPUT', 2),
  ),
  [`${list} chain ip filter mine`]: nft({ chain: { ...place, name: 'mine' } }, ...objects),
});

async function excerpt(script: Readonly<Record<string, string>>, saved: readonly string[] | null = null) {
  const system = fakeSystem({ run: script });
  const led = [step('OUTPUT', 2, 'jump')];
  return excerptOf(step('mine', 7, 'drop'), led, '192.0.2.9', (chain) => (chain === 'mine' ? saved : null), system);
}

describe('what is kept of the ruleset', () => {
  it('is the way to the deciding rule, in order, and no other rule', async () => {
    const found = await excerpt(runs([rule('mine', 6), rule('mine', 7)]), ['-A mine -j A', '-A mine -j DROP']);
    const handles = found?.objects.flatMap((one) => ('rule' in one ? [(one.rule as { handle: number }).handle] : []));
    expect(handles).toEqual([2, 7]);
    expect(found?.saved).toEqual(['-A mine -j DROP']);
  });

  it('has the sets that the rule names without their elements, and the one that caught the other side', async () => {
    const script = {
      ...runs([rule('mine', 7, { expr: [{ match: { right: '@bad' } }] })]),
      [`${list} set ip filter bad`]: nft({
        set: { ...place, name: 'bad', type: 'ipv4_addr', elem: Array(5_000).fill('192.0.2.1') },
      }),
      'nft get element ip filter bad { 192.0.2.9 }':
        'table ip filter {\n\tset bad {\n\t\telements = { 192.0.2.0/28 timeout 1h expires 59m44s36ms }\n\t}\n}\n',
    };
    const found = await excerpt(script);
    expect(found?.objects[0]).toEqual({ set: { ...place, name: 'bad', type: 'ipv4_addr' } });
    expect(found?.caught).toEqual([{ set: 'bad', element: '192.0.2.0/28' }]);
  });

  it('stays small, whatever the rules and chains are', async () => {
    const long = {
      expr: Array.from({ length: 2_000 }, () => ({ match: { right: '192.0.2.1' } })),
      comment: 'c'.repeat(5_000),
    };
    const chains = Array.from({ length: 20_000 }, (_, i) => ({
      chain: { ...place, name: `KUBE-SVC-${i}-${'X'.repeat(90)}` },
    }));
    const found = await excerpt(runs([rule('mine', 7, long)], chains), [`-A mine ${'-m x '.repeat(5_000)}-j DROP`]);
    expect(JSON.stringify(found).length).toBeLessThan(12_000);
    expect(found?.objects.at(-1)).toMatchObject({ rule: { handle: 7, expr: [] } });
    expect(found?.saved).toEqual(['-A mine']);
  });

  it('is nothing where nft cannot say', async () => {
    expect(await excerpt({})).toBeUndefined();
  });
});
