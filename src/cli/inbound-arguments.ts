import { canonical, familyOf } from '../model/address.js';
import type { InboundQuestion } from '../model/inbound.js';
import { protocolOf } from './option-values.js';
import { WrongWords } from './wrong-words.js';

/** `8080`, or `udp/53` and `53/udp` as firewalls write it. */
export function inboundOf(
  proto: string | undefined,
  from: string | undefined,
  word: string,
): { readonly port: number; readonly question: InboundQuestion } {
  const found = /^(?:(tcp|udp)\/)?(\d{1,5})(?:\/(tcp|udp))?$/.exec(word.toLowerCase());
  const port = Number(found?.[2]);
  if (!found || port < 1 || port > 65_535) throw new WrongWords('the port is a number from 1 to 65535');
  const protocol = protocolOf(proto ?? found[1] ?? found[3]) ?? 'tcp';
  const address = from?.replace(/^\[(.*)\]$/, '$1');
  if (address !== undefined && familyOf(address) === 0)
    throw new WrongWords('--from takes an IP address, such as 203.0.113.9');
  return { port, question: { protocol, from: address === undefined ? null : canonical(address) } };
}
