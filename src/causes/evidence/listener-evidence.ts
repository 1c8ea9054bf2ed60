import type { Attempt } from '../../model/attempt.js';
import { canonical, familyOf, unbracketed } from '../../model/address.js';
import type { Scene } from '../../model/cause.js';
import { fact, type ListenerFact } from '../../model/facts.js';

export interface ListenersForPort {
  /** They accept connections to that address. */
  readonly reachable: readonly ListenerFact[];
  /** The same port, bound to loopback only. */
  readonly loopbackOnly: readonly ListenerFact[];
  /** The same port, the other family only. */
  readonly otherFamily: readonly ListenerFact[];
  /** The same port, bound to another address of this device, or to an interface of it. */
  readonly elsewhere: readonly ListenerFact[];
}

/** Listening sockets of this device on the attempt's port, by whether the address reaches them. Undefined when not known. */
export function listenersFor(attempt: Attempt, { facts }: Scene): ListenersForPort | undefined {
  const known = fact(facts, 'device.listeners');
  if (!known || attempt.address === null) return undefined;
  const tried = canonical(attempt.address);
  // The unspecified address is the loopback address to connect().
  const address = tried === '0.0.0.0' ? '127.0.0.1' : tried === '::' ? '::1' : tried;
  const family = familyOf(address);
  const same = known.listeners.filter((listener) => listener.protocol === 'tcp' && listener.port === attempt.port);
  const reachable = same.filter((listener) => accepts(listener, address, family));
  const rest = same.filter((listener) => !reachable.includes(listener));
  const loopbackOnly = rest.filter((listener) => isLoopback(listener.address));
  const otherFamily = rest.filter(
    (listener) => listener.device === undefined && !isLoopback(listener.address) && isWildcard(listener.address),
  );
  return {
    reachable,
    loopbackOnly,
    otherFamily,
    elsewhere: rest.filter((one) => !loopbackOnly.includes(one) && !otherFamily.includes(one)),
  };
}

function accepts(listener: ListenerFact, address: string, family: 0 | 4 | 6): boolean {
  // What this device sends to itself comes in by the loopback interface, to whichever address of it.
  if (listener.device !== undefined && listener.device !== 'lo') return false;
  const bound = canonical(unbracketed(listener.address));
  if (bound === '*') return true;
  if (bound === '0.0.0.0') return family === 4;
  if (bound === '::') return family === 6 || (family === 4 && listener.v6only === false);
  return bound === address || bound === `::ffff:${address}`;
}

function isWildcard(address: string): boolean {
  return ['0.0.0.0', '::', '*', '[::]'].includes(address);
}

function isLoopback(address: string): boolean {
  const plain = unbracketed(address);
  return plain.startsWith('127.') || plain === '::1' || plain.startsWith('::ffff:127.');
}

/** "192.168.7.20", or "the interface eth0 (0.0.0.0)" of one that is bound to that. */
export function boundTo({ address, device }: ListenerFact): string {
  return device === undefined ? address : `the interface ${device} (${address})`;
}

/** "nginx (pid 812)" or "a program" when its owner is somebody else's. */
export function processName(listener: ListenerFact | undefined): string {
  if (!listener?.process) return 'a program';
  return listener.pid === null ? listener.process : `${listener.process} (process ${listener.pid})`;
}
