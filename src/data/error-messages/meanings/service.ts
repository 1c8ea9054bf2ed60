import type { Meaning } from '../types.js';

/** What the service behind the port itself says, before or instead of letting one in. */
export const serviceMeanings = {
  'service-starting': {
    stage: 'service',
    candidates: ['service-starting', 'server-overloaded'],
    means:
      'The service is there and answers, but it is still starting, loading its data or recovering. Wait a little and try again.',
    doesNotMean: 'It does not mean that anything blocks the connection or that the address is wrong.',
  },
  'service-stopping': {
    stage: 'service',
    candidates: ['service-starting', 'server-closes-at-once', 'nothing-listening'],
    means: 'The service is there, but somebody is shutting it down or ended this connection on purpose.',
    doesNotMean: 'It does not mean that the network failed.',
  },
  'service-full': {
    stage: 'service',
    candidates: ['server-overloaded', 'service-refuses-client'],
    means: 'The service is there, but already has as many connections as it allows.',
    doesNotMean:
      'It does not mean that the network or a firewall blocks you. Usually some program opens connections and does not give them back.',
  },
  'service-refuses': {
    stage: 'service',
    candidates: ['service-refuses-client'],
    means:
      'The service was reached, and its own settings say that a connection from this address, user or kind is not allowed.',
    doesNotMean:
      'It does not mean that the network or a firewall blocks you: the service itself spoke. The rule is in its own settings.',
  },
  'service-banned': {
    stage: 'service',
    candidates: ['client-banned', 'service-refuses-client'],
    means:
      'The service was reached, and has put your address on its own list of blocked ones, usually after many failed tries.',
    doesNotMean: 'It does not mean that the network is broken.',
  },
  'service-login': {
    stage: 'service',
    candidates: ['service-refuses-client', 'reachable'],
    means: 'The service was reached and is working, but does not accept the user name, password or key.',
    doesNotMean: 'It does not mean that anything blocks the connection: network, name and port are right.',
  },
  'service-nothing-there': {
    stage: 'service',
    candidates: ['reachable', 'wrong-scheme-or-port'],
    means: 'The service was reached and answers, but does not have what was asked for, or does not show it to you.',
    doesNotMean: 'It does not mean that anything blocks the connection: network, name and port are right.',
  },
  'service-hung-up': {
    stage: 'service',
    candidates: [
      'server-closes-at-once',
      'client-banned',
      'server-overloaded',
      'wrong-scheme-or-port',
      'service-refuses-client',
    ],
    means:
      'The service was reached and hung up before saying anything useful: it bans you, has too many guests at the moment, or expects something else on this port.',
    doesNotMean: 'It does not mean that the machine is off or that your password is wrong: it did not come to that.',
  },
  'service-silent': {
    stage: 'service',
    candidates: [
      'server-not-responding',
      'wrong-scheme-or-port',
      'server-overloaded',
      'path-mtu-blackhole',
      'packet-loss',
    ],
    means: 'The connection was accepted, but the service behind it never said its first word.',
    doesNotMean: 'It does not mean that the port is blocked: a connection was made.',
  },
  'service-other-protocol': {
    stage: 'service',
    candidates: ['wrong-scheme-or-port', 'captive-portal', 'connection-redirected'],
    means: 'Something answered, but it is not the kind of service that was expected on this port.',
    doesNotMean: 'It does not mean that nothing answers or that you are blocked.',
  },
  'service-lost': {
    stage: 'service',
    candidates: [
      'server-closes-at-once',
      'momentary-glitch',
      'server-overloaded',
      'packet-loss',
      'server-not-responding',
    ],
    means:
      'The connection to the service stood and was lost: the service ended it, crashed, or was cut off for being idle too long.',
    doesNotMean: 'It does not mean that the address or the password is wrong.',
  },
  'service-needs-tls': {
    stage: 'service',
    candidates: ['service-refuses-client', 'wrong-scheme-or-port', 'tls-version-mismatch'],
    means: 'The service was reached, but one side insists on encryption and the other does not offer it.',
    doesNotMean: 'It does not mean that anything on the way blocks the connection.',
  },
  'service-key-changed': {
    stage: 'service',
    candidates: ['undetermined', 'address-conflict', 'stale-dns-cache', 'connection-redirected'],
    means:
      'The server was reached, but shows another key than the one remembered: it was set up anew, or another machine answers at this address.',
    doesNotMean:
      'It does not mean that the connection is blocked. Do not delete the remembered key before you know why it changed.',
  },
  'service-without-backend': {
    stage: 'service',
    candidates: ['no-backend', 'service-starting', 'gateway-upstream-down'],
    means: 'The entrance of the service is there, but at the moment no running program stands behind it.',
    doesNotMean: 'It does not mean that your connection or a firewall is at fault.',
  },
  'service-unspecified': {
    stage: 'service',
    candidates: ['undetermined'],
    means:
      'The program could not do its work with the service. This part of the message does not say why; look at the lines above it.',
    doesNotMean:
      'It does not mean that the firewall did it, or that you lack the rights, though the text may suggest so.',
  },
} satisfies Record<string, Meaning>;
