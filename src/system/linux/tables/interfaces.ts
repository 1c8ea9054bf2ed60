/** Interfaces with their addresses: `ip -j -d addr show`; neighbours: `ip -j neigh show nud all`. */
import type { TableEntry } from '../../../model/kernel-tables.js';
import { attributesIn, type Message, textOf } from '../trace/netlink-message.js';
import { AF_INET, AF_INET6 } from '../constants.js';
import { addressText, present, unsigned, viewOf } from './decode.js';
import { bitNames, IFF_RUNNING, IFF_UP, linkFlags, linkTypes, neighbourStates, scopeNames } from './names.js';

/** struct ifinfomsg, ifaddrmsg, ndmsg. */
const linkHeader = 16;
const addressHeader = 8;
const neighbourHeader = 12;
const IFLA_IFNAME = 3;
const IFLA_MTU = 4;
const IFLA_LINKINFO = 18;
const IFLA_INFO_KIND = 1;
const IFA_ADDRESS = 1;
const IFA_LOCAL = 2;
const NDA_DST = 1;
const NDA_LLADDR = 2;

export function linkEntries(links: readonly Message[], addresses: readonly Message[]): TableEntry[] {
  const all = addresses.flatMap(addressOf);
  return links.flatMap(({ body }) => {
    if (body.length < linkHeader) return [];
    const view = viewOf(body);
    const index = view.getInt32(4, true);
    const type = view.getUint16(2, true);
    const bits = view.getUint32(8, true);
    const attributes = attributesIn(body.subarray(linkHeader));
    const info = attributes.get(IFLA_LINKINFO);
    const kind = info ? textOf(attributesIn(info).get(IFLA_INFO_KIND)) : null;
    const noCarrier = (bits & IFF_UP) !== 0 && (bits & IFF_RUNNING) === 0;
    return [
      present({
        ifindex: index,
        ifname: textOf(attributes.get(IFLA_IFNAME)),
        flags: [...(noCarrier ? ['NO-CARRIER'] : []), ...bitNames(bits, linkFlags)],
        mtu: unsigned(attributes.get(IFLA_MTU)),
        link_type: linkTypes[type] ?? `[${type}]`,
        linkinfo: kind === null ? null : { info_kind: kind },
        addr_info: all.filter((one) => one.index === index).map((one) => one.entry),
      }),
    ];
  });
}

function addressOf({ body }: Message): { index: number; entry: TableEntry }[] {
  const family = body[0];
  if (body.length < addressHeader || (family !== AF_INET && family !== AF_INET6)) return [];
  const attributes = attributesIn(body.subarray(addressHeader));
  // Of a point-to-point link IFA_ADDRESS is the other end.
  const local = addressText(attributes.get(IFA_LOCAL) ?? attributes.get(IFA_ADDRESS));
  const scope = body[3] ?? 0;
  const entry = present({
    family: family === AF_INET ? 'inet' : 'inet6',
    local,
    prefixlen: body[1] ?? 0,
    scope: scopeNames[scope] ?? String(scope),
  });
  return [{ index: viewOf(body).getUint32(4, true), entry }];
}

/** `nameOf` gives an interface's name by its index. */
export function neighbourEntries(
  neighbours: readonly Message[],
  nameOf: (index: number) => string | null,
): TableEntry[] {
  return neighbours.flatMap(({ body }) => {
    const family = body[0];
    if (body.length < neighbourHeader || (family !== AF_INET && family !== AF_INET6)) return [];
    const view = viewOf(body);
    const attributes = attributesIn(body.subarray(neighbourHeader));
    const hardware = attributes.get(NDA_LLADDR);
    const states = bitNames(view.getUint16(8, true), neighbourStates);
    return [
      present({
        dst: addressText(attributes.get(NDA_DST)),
        dev: nameOf(view.getInt32(4, true)),
        lladdr: hardware ? [...hardware].map((byte) => byte.toString(16).padStart(2, '0')).join(':') : null,
        state: states.length > 0 ? states : null,
      }),
    ];
  });
}
