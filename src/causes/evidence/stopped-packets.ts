import { symptoms } from '../../model/failure.js';

/**
 * How a connection fails whose packets somebody throws away, refuses or sends elsewhere: by silence, a reset, an ICMP
 * error, or at once, by this device's own kernel.
 */
export const stoppedConnection = symptoms(
  'connect',
  'timed-out',
  'refused',
  'reset',
  'host-unreachable',
  'network-unreachable',
  'prohibited',
  'not-permitted',
  'protocol-unreachable',
);

/** How a question to a resolver fails, likewise. */
export const stoppedQuestion = symptoms(
  'exchange',
  'timed-out',
  'refused',
  'host-unreachable',
  'network-unreachable',
  'prohibited',
  'not-permitted',
);
