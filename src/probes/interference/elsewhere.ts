import type { ReferenceTry } from '../../model/facts.js';
import type { Subject } from './subject.js';

const mostPlaces = 2;

/** Reference hosts that answered, on the port on which the same protocol is spoken. Not where the target itself is. */
export function elsewhereFor(
  subject: Subject,
  references: readonly ReferenceTry[],
): { readonly address: string; readonly port: number }[] {
  const tls = subject.layer === 'tls';
  const places = references.flatMap(({ kind, ok, address, port }) =>
    kind === (tls ? 'host' : 'portal') && ok && address !== null && port !== null && (!tls || port === 443)
      ? [{ address, port }]
      : [],
  );
  return places
    .filter((one, i) => places.findIndex(({ address }) => address === one.address) === i)
    .filter(({ address }) => !isNear(address, subject.address))
    .slice(0, mostPlaces);
}

/** Of the same owner as far as an address shows: the first two numbers of IPv4, the first two groups of IPv6. */
function isNear(a: string, b: string): boolean {
  const start = (address: string): string => address.split(/[.:]/).slice(0, 2).join('.');
  return start(a) === start(b);
}
