import { describe, expect, it } from 'vitest';
import { inboundWays } from '../../inspectors/firewall/inbound-packets.js';
import { parseIptablesSave } from '../../firewall/parse/iptables-save.js';
import type { Ailment } from '../../model/remedy.js';
import { remedy as allow } from './allow-in-firewall.js';
import { remedy } from './open-port.js';

const from = '198.51.100.10';

function ailment(source: string | null): Ailment {
  const question = { protocol: 'tcp', from: source };
  const fact = {
    ...question,
    port: 8080,
    ends: [{ address: '192.168.7.20', device: 'eth0' }],
    back: { type: 'unicast', device: 'eth0' },
  };
  const interfaces = [
    { name: 'eth0', up: true, addresses: [{ address: '192.168.7.20', prefix: 24 }] },
    { name: 'docker0', up: true, addresses: [{ address: '172.17.0.1', prefix: 16 }] },
  ];
  return {
    target: { input: 'inbound tcp/8080', inbound: question },
    verdict: { cause: 'local-firewall', culprit: { kind: 'firewall-rule', rule: {} } },
    facts: {
      target: {},
      inbound: { state: 'known', value: fact },
      'device.interfaces': { state: 'known', value: interfaces },
    },
  } as unknown as Ailment;
}

const save = (lines: string) => parseIptablesSave(lines, { family: 'ip', backend: 'iptables-nft' });
const closed = save('*filter\n:INPUT DROP [0:0]\n:OUTPUT ACCEPT [0:0]\n-A INPUT -i lo -j ACCEPT\nCOMMIT\n');
const looks = { ruleset: closed, around: {}, absent: new Set<string>(), bootFiles: {} };

describe('a port that others are to reach', () => {
  it('is opened for the one address, and nothing else', () => {
    const one = ailment(from);
    const [way] = inboundWays(closed, one.facts);
    expect(way?.to).toEqual({ address: '192.168.7.20', port: 8080, led: false });
    const matches = (direction: 'out' | 'in') =>
      direction === 'in'
        ? ({ family: 4, protocol: 'tcp', source: from, dport: 8080 } as const)
        : ({ family: 4, protocol: 'tcp', destination: from, sport: 8080 } as const);
    const flows = [{ flow: { protocol: 'tcp' as const, address: from, port: 8080 }, packets: way?.packets ?? [], matches }]; // prettier-ignore
    expect(remedy.plan(one, { ...looks, flows })).toMatchObject({
      wider: false,
      operations: [{ kind: 'iptables-allow', chain: 'INPUT', match: { source: from, dport: 8080 } }],
    });
    const [flow] = flows;
    const anybody = [{ flow: { protocol: 'tcp' as const, address: from, port: 8080 }, packets: flow?.packets ?? [], matches: () => ({ family: 4, protocol: 'tcp', destination: '192.168.7.20', dport: 8080 }) as const }]; // prettier-ignore
    expect(remedy.plan(one, { ...looks, flows: anybody })).toMatchObject({
      wider: true,
      opens: [expect.stringContaining('for other addresses')],
    });
  });

  it('of a container is where the rules of Docker lead it', () => {
    const docker = save(
      '*nat\n:PREROUTING ACCEPT [0:0]\n-A PREROUTING -p tcp -m tcp --dport 8080 -j DNAT --to-destination 172.17.0.2:80\nCOMMIT\n',
    );
    const [way] = inboundWays(docker, ailment(from).facts);
    expect(way?.to).toEqual({ address: '172.17.0.2', port: 80, led: true });
    expect(way?.packets).toHaveLength(1);
  });

  it('is for one address, or for nobody', () => {
    expect(remedy.offers(ailment(null))).toBe(false);
    expect(remedy.plan(ailment(null), { ...looks, flows: [] })).toMatchObject({
      whyNot: expect.stringContaining('--from') as unknown,
    });
    expect(inboundWays(closed, ailment(null).facts)).toEqual([]);
  });

  it('is no matter of exceptions for what is sent', () => {
    const view = { ...looks, flows: [] };
    expect(allow.offers(ailment(from))).toBe(false);
    expect(allow.plan(ailment(from), view)).toHaveProperty('whyNot');
  });
});
