import { canonical } from '../../model/address.js';
import type { InterfaceFact } from '../../model/facts.js';
import type { Gatherer } from '../../model/gatherer.js';
import { known, skipped } from '../../model/observed.js';
import { ipJson, type IpObject, isObject, numberOf, objectsOf, textOf, textsOf } from '../ip/ip-command.js';
import { interfacesOfProcess } from './process-interfaces.js';
import { trafficOf } from './traffic.js';

/** A container host has hundreds; those that are up come first when there are more. */
const MAX_INTERFACES = 256;

export const deviceInterfaces: Gatherer<'device.interfaces'> = {
  fact: 'device.interfaces',
  needs: [],
  base: false,
  early: 'failing',
  cost: 'local',
  platforms: ['linux'],
  privilege: 'none',
  whenLate: { afterMs: 150 },
  async gather(_facts, context) {
    const { files } = context.system;
    const output = await ipJson(context, ['-d', 'addr', 'show']);
    const traffic = await trafficOf(files);
    const counted = (each: InterfaceFact): InterfaceFact => {
      const own = traffic.get(each.name);
      return own ? { ...each, traffic: own } : each;
    };
    if (output.ok) return known(bounded(output.value.map(interfaceOf)).map(counted), 'ip addr');
    const found = await interfacesOfProcess(files);
    return found
      ? known(bounded(found).map(counted), '/sys/class/net')
      : skipped(`interfaces cannot be read: ${output.words}`);
  },
};

function bounded(all: readonly InterfaceFact[]): InterfaceFact[] {
  return all.length <= MAX_INTERFACES
    ? [...all]
    : all.toSorted((a, b) => Number(b.up) - Number(a.up)).slice(0, MAX_INTERFACES);
}

/** Kinds that have no such flag unless somebody sets it; tunnels, dummies and IPVLANs have it by themselves. */
const asking: ReadonlySet<string> = new Set(['ether', 'veth', 'vlan', 'macvlan', 'bridge', 'bond', 'team']);

export function interfaceOf(link: IpObject): InterfaceFact {
  const flags = textsOf(link['flags']);
  const up = flags.includes('UP');
  const info = link['linkinfo'];
  const kind = (isObject(info) ? textOf(info['info_kind']) : null) ?? textOf(link['link_type']);
  return {
    name: textOf(link['ifname']) ?? '',
    index: numberOf(link['ifindex']) ?? 0,
    kind,
    up,
    // The kernel knows the carrier only while the interface is on.
    carrier: up ? !flags.includes('NO-CARRIER') : null,
    addresses: objectsOf(link['addr_info']).flatMap((each) => {
      const address = textOf(each['local']);
      if (address === null) return [];
      return [
        {
          address: canonical(address),
          prefix: numberOf(each['prefixlen']) ?? 0,
          scope: textOf(each['scope']) ?? 'global',
        },
      ];
    }),
    mtu: numberOf(link['mtu']),
    ...(flags.includes('NOARP') && asking.has(kind ?? '') && { asksNobody: true }),
  };
}
