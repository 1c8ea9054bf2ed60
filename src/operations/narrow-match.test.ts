import { describe, expect, it } from 'vitest';
import { acceptWords } from './iptables/chain.js';
import { acceptExpression } from './nft/match-expression.js';
import { checkMatch } from './validate.js';

const out = { family: 4, protocol: 'tcp', destination: '198.51.100.10', dport: 443 } as const;
const until = Date.UTC(2026, 10, 27, 23, 0, 5) / 1000;

describe('an exception for somebody’s packets that ends by the clock', () => {
  it('says so to nft and to iptables', () => {
    const match = checkMatch({ ...out, mark: 0x77_62_00_11, until });
    expect(JSON.stringify(acceptExpression(match))).toContain(
      '{"match":{"op":"==","left":{"meta":{"key":"mark"}},"right":2002911249}},{"match":{"op":"<","left":{"meta":{"key":"time"}},"right":1795820405}},{"accept":null}',
    );
    expect(acceptWords(match, null).join(' ')).toContain(
      '-m mark --mark 0x77620011 -m time --datestop 2026-11-27T23:00:05',
    );
    expect(acceptWords(checkMatch({ ...out, uid: 0 }), null).join(' ')).toContain('-m owner --uid-owner 0');
  });

  it.each([{ uid: -1 }, { uid: '0' }, { mark: 0 }, { mark: 2 ** 32 }, { until: 1.5 }, { until: '2027-01-01' }])(
    'takes nothing else: %j',
    (wrong) => {
      expect(() => checkMatch({ ...out, ...wrong })).toThrow(/not valid/);
    },
  );

  it('knows a sender only of packets that leave', () => {
    const back = { family: 4, protocol: 'tcp', source: '198.51.100.10', sport: 443 };
    expect(() => checkMatch({ ...back, uid: 0 })).toThrow(/leave only/);
    expect(checkMatch({ ...back, until })).toEqual({ ...back, until });
  });
});
