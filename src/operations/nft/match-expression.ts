import type { Json } from '../../firewall/parse/nft/json.js';
import type { PacketMatch } from '../../model/operation.js';

/** The exception as statements of nft's JSON (libnftables-json(5)), the verdict at the end. */
export function acceptExpression(match: PacketMatch): Json[] {
  const network = match.family === 4 ? 'ip' : 'ip6';
  const field = (protocol: string, name: string, value: Json): Json => ({
    match: { op: '==', left: { payload: { protocol, field: name } }, right: value },
  });
  const side = (name: string, address: string | undefined): Json[] =>
    address === undefined ? [] : [field(network, name, addressJson(address))];
  const port = (name: string, value: number | undefined): Json[] =>
    value === undefined ? [] : [field(match.protocol, name, value)];
  const meta = (key: string, value: number | undefined, op = '=='): Json[] =>
    value === undefined ? [] : [{ match: { op, left: { meta: { key } }, right: value } }];
  return [
    ...side('saddr', match.source),
    ...side('daddr', match.destination),
    ...port('sport', match.sport),
    ...port('dport', match.dport),
    ...(match.established ? [{ match: { op: 'in', left: { ct: { key: 'state' } }, right: 'established' } }] : []),
    ...meta('skuid', match.uid),
    ...meta('mark', match.mark),
    ...meta('time', match.until, '<'),
    { accept: null },
  ];
}

function addressJson(address: string): Json {
  const [plain = '', length] = address.split('/');
  return length === undefined ? plain : { prefix: { addr: plain, len: Number(length) } };
}
