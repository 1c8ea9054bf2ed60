/** Routes: `ip -j route show default`, `ip -j route get [fibmatch] …`. */
import { bytesOf } from '../../../model/address.js';
import type { TableEntry } from '../../../model/kernel-tables.js';
import { attribute, attributesIn, join, type Message } from '../trace/netlink-message.js';
import { AF_INET, AF_INET6 } from '../constants.js';
import { addressText, prefixText, present, unsigned, unsignedAttribute, viewOf } from './decode.js';
import { MAIN_TABLE, protocolNames, routeTypes, RTPROT_BOOT, scopeNames, tableNames } from './names.js';

/** struct rtmsg: family, lengths of destination and source, type of service, table, protocol, scope, type, flags. */
const headerLength = 12;
const RTA_DST = 1;
const RTA_OIF = 4;
const RTA_GATEWAY = 5;
const RTA_PRIORITY = 6;
const RTA_PREFSRC = 7;
const RTA_METRICS = 8;
const RTAX_HOPLIMIT = 10;
const RTA_TABLE = 15;
const RTA_VIA = 18;
const RTA_UID = 25;
const RTM_F_CLONED = 0x200;
const RTM_F_LOOKUP_TABLE = 0x1000;
const RTM_F_FIB_MATCH = 0x2000;

export interface RouteQuestion {
  readonly address: string;
  readonly device: number | null;
  readonly uid: number | null;
  /** The line of the table that decides, instead of what comes of it. */
  readonly match: boolean;
}

/** Null when it is no address. */
export function routeQuestion({ address, device, uid, match }: RouteQuestion): Uint8Array | null {
  const bytes = bytesOf(address);
  if (!bytes) return null;
  const header = new Uint8Array(headerLength);
  header[0] = bytes.length === 4 ? AF_INET : AF_INET6;
  header[1] = bytes.length * 8;
  viewOf(header).setUint32(8, RTM_F_LOOKUP_TABLE | (match ? RTM_F_FIB_MATCH : 0), true);
  return join([
    header,
    attribute(RTA_DST, bytes),
    ...(device === null ? [] : [unsignedAttribute(RTA_OIF, device)]),
    ...(uid === null ? [] : [unsignedAttribute(RTA_UID, uid)]),
  ]);
}

/** Default routes of the main table, out of all routes of a family. */
export function isDefault({ body }: Message): boolean {
  if (body.length < headerLength || body[1] !== 0) return false;
  const table = unsigned(attributesIn(body.subarray(headerLength)).get(RTA_TABLE)) ?? body[4];
  return table === MAIN_TABLE && (viewOf(body).getUint32(8, true) & RTM_F_CLONED) === 0;
}

/** Null when a word is needed that only ip(8) knows. */
export function routeEntry({ body }: Message, nameOf: (index: number) => string | null): TableEntry | null {
  if (body.length < headerLength) return null;
  const attributes = attributesIn(body.subarray(headerLength));
  const [, length = 0, , , shortTable = 0, protocol = 0, scope = 0, type = 0] = body;
  const cloned = (viewOf(body).getUint32(8, true) & RTM_F_CLONED) !== 0;
  const table = unsigned(attributes.get(RTA_TABLE)) ?? shortTable;
  const said = {
    type: routeTypes[type],
    table: tableNames[table],
    protocol: protocolNames[protocol],
    scope: scopeNames[scope],
  };
  const tellsProtocol = !cloned && protocol !== RTPROT_BOOT;
  const tellsScope = !cloned && scope !== 0;
  const unknown = [said.type, said.table, tellsProtocol ? said.protocol : '', tellsScope ? said.scope : ''];
  if (unknown.includes(undefined)) return null;
  const device = unsigned(attributes.get(RTA_OIF));
  const via = attributes.get(RTA_VIA);
  return present({
    type: said.type === 'unicast' ? null : said.type,
    dst: prefixText(attributes.get(RTA_DST), length) ?? 'default',
    gateway: addressText(attributes.get(RTA_GATEWAY)),
    via: via ? { family: via.length === 6 ? 'inet' : 'inet6', host: addressText(via.subarray(2)) } : null,
    dev: device === null ? null : nameOf(device),
    table: table === MAIN_TABLE ? null : said.table,
    protocol: tellsProtocol ? said.protocol : null,
    scope: tellsScope ? said.scope : null,
    prefsrc: addressText(attributes.get(RTA_PREFSRC)),
    metric: unsigned(attributes.get(RTA_PRIORITY)),
    metrics: metricsIn(attributes.get(RTA_METRICS)),
  });
}

/** Of a route's metrics (linux/rtnetlink.h) the one that is read here, as `ip -j` prints it. */
function metricsIn(metrics: Uint8Array | undefined): { hoplimit: number }[] | null {
  const hoplimit = metrics === undefined ? null : unsigned(attributesIn(metrics).get(RTAX_HOPLIMIT));
  return hoplimit === null || hoplimit === 0 ? null : [{ hoplimit }];
}
