/** What an inspector is given in tests. */
import { fakeSystem, type Script } from '../../test/fake-system.js';
import type { FactKey, Facts } from '../model/facts.js';
import type { Context, Gatherer } from '../model/gatherer.js';
import { parseTarget } from '../model/parse-target.js';
import { defaultOptions } from '../model/settings.js';

export function contextOf(script: Script): Context {
  const system = fakeSystem(script);
  return {
    system,
    options: defaultOptions,
    signal: new AbortController().signal,
    streams: new Map(),
    remaining: () => 10_000,
    settled: () => Promise.resolve(),
    latest: () => facts('192.0.2.9'),
  };
}

export function facts(host: string, more: Partial<Facts> = {}): Facts {
  const parsed = parseTarget(`${host.includes(':') ? `[${host}]` : host}:443`);
  if (!parsed.ok) throw new Error(parsed.why);
  return { target: parsed.target, ...more };
}

export async function measured<K extends FactKey>(gatherer: Gatherer<K>, of: Facts, script: Script) {
  const result = await gatherer.gather(of, contextOf(script));
  if (result.state !== 'known') throw new Error(`${gatherer.fact}: ${JSON.stringify(result)}`);
  return result.value;
}

/** `ip -j addr`: the loopback, an interface without a carrier, one that is off. */
export const addr = JSON.stringify([
  {
    ifindex: 1,
    ifname: 'lo',
    flags: ['LOOPBACK', 'UP', 'LOWER_UP'],
    mtu: 65536,
    link_type: 'loopback',
    addr_info: [{ local: '127.0.0.1', prefixlen: 8, scope: 'host' }],
  },
  {
    ifindex: 2,
    ifname: 'eth0',
    flags: ['NO-CARRIER', 'BROADCAST', 'UP'],
    mtu: 1500,
    link_type: 'ether',
    linkinfo: { info_kind: 'veth' },
    addr_info: [{ local: '192.0.2.2', prefixlen: 24, scope: 'global' }],
  },
  { ifindex: 3, ifname: 'eth1', flags: ['BROADCAST'], mtu: 1500, link_type: 'ether', addr_info: [] },
]);
