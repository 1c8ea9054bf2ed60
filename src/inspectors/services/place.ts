import { scopeOf } from '../../model/address.js';
import { fact, type Facts } from '../../model/facts.js';
import { probesOf } from '../../model/probed.js';

/** Where somebody should listen: a port or the path of a socket. */
export type ListeningPlace = { readonly port: number } | { readonly path: string };

/** The target's place when it is on this very device; null otherwise. */
export function placeHere(facts: Facts): ListeningPlace | null {
  const { target } = facts;
  if (target.scheme === 'unix') return { path: target.path };
  // Asked for by others: it is this device, whatever was tried. What is known of programs' ports are those of TCP.
  if (target.inbound !== undefined) return target.inbound.protocol === 'tcp' ? { port: target.port } : null;
  const own = fact(facts, 'device.listeners')?.own ?? [];
  const here = probesOf(facts).some(
    ({ address, port }) => port === target.port && (scopeOf(address) === 'loopback' || own.includes(address)),
  );
  return here ? { port: target.port } : null;
}

/** `/var/run` is a link to `/run` everywhere by now: both spellings are one place. */
export function samePath(a: string, b: string): boolean {
  const plain = (path: string): string => path.replace(/^\/var\/run\//, '/run/');
  return plain(a) === plain(b);
}

export function sameListening(found: string, place: ListeningPlace): boolean {
  return 'port' in place ? found === String(place.port) : samePath(found, place.path);
}

export function placeText(place: ListeningPlace): string {
  return 'port' in place ? `port ${place.port}` : place.path;
}
