import { describe, expect, it } from 'vitest';
import { decide, prepare } from '../../decide.js';
import { parsePacket } from '../../packet.js';
import { parseNftJson } from '../nft-json.js';
import { devicesInText, tablesWithoutDevices, withDevices } from './chain-devices.js';

const text = `table netdev early {
	chain one {
		type filter hook ingress device "eth0" priority filter; policy accept;
		ip saddr 192.0.2.1 drop
	}

	chain two {
		type filter hook egress devices = { "wan0", eth1 } priority 10; policy accept;
	}
}
`;

const table = { family: 'netdev', table: 'early' };
const base = { type: 'filter', prio: 0, policy: 'accept' };
// As nft 1.0.6 prints it: the interface is left out.
const json = JSON.stringify({
  nftables: [
    { table: { family: 'netdev', name: 'early', handle: 1 } },
    { chain: { ...table, name: 'one', handle: 1, ...base, hook: 'ingress' } },
    { rule: { ...table, chain: 'one', handle: 2, expr: [{ drop: null }] } },
  ],
});

function verdict(ruleset: ReturnType<typeof parseNftJson>, device: string): string {
  const parsed = parsePacket({
    hook: 'input',
    protocol: 'tcp',
    source: '192.0.2.1',
    destination: '198.51.100.7',
    in: device,
  });
  if (!('packet' in parsed)) throw new Error(parsed.error);
  return decide(prepare(ruleset), parsed.packet).verdict;
}

describe('interfaces of chains on ingress and egress', () => {
  it('stand in the text of nft', () => {
    expect([...devicesInText(text)]).toEqual([
      ['netdev early one', ['eth0']],
      ['netdev early two', ['wan0', 'eth1']],
    ]);
  });

  it('decide where they are known, and are never guessed', () => {
    const ruleset = parseNftJson(json);
    expect(tablesWithoutDevices(ruleset).map(({ name }) => name)).toEqual(['early']);
    expect(verdict(ruleset, 'eth0')).toBe('unknown');
    const known = withDevices(ruleset, devicesInText(text));
    expect(tablesWithoutDevices(known)).toEqual([]);
    expect(verdict(known, 'eth0')).toBe('drop');
    expect(verdict(known, 'eth1')).toBe('accept');
  });
});
