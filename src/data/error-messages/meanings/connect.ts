import type { Meaning } from '../types.js';

/** Opening the connection and keeping it. RFC 9293 for reset and refusal; tcp(7) for the timeouts. */
export const connectMeanings = {
  refused: {
    stage: 'connect',
    candidates: [
      'nothing-listening',
      'listens-on-loopback-only',
      'wrong-scheme-or-port',
      'server-firewall',
      'local-firewall',
      'port-not-published',
      'loopback-of-other-namespace',
      'service-starting',
      'client-banned',
      'rejected-by-hop',
    ],
    means:
      'Something answered at once with "no" for this port. Usually the machine is there, but no program is waiting on that port: the service is stopped, still starting, or listens elsewhere.',
    doesNotMean:
      'It does not mean that the network is broken or that a route is missing: an answer came back. A firewall can answer like this, but most firewalls swallow packets instead, and that shows as a timeout.',
  },
  'refused-or-unreachable': {
    stage: 'connect',
    candidates: [
      'nothing-listening',
      'host-down',
      'no-route',
      'local-firewall',
      'server-firewall',
      'wrong-scheme-or-port',
      'rejected-by-hop',
    ],
    means:
      'The connection could not be opened and the answer came quickly: usually nothing is waiting on that port. Firefox shows the same page when there is no way to the address.',
    doesNotMean:
      'It does not mean that your computer is not connected or that the firewall is to blame, though the page says so first: when a firewall swallows the packets the page says "timed out" instead.',
  },
  'connect-failed': {
    stage: 'connect',
    candidates: [
      'nothing-listening',
      'server-firewall',
      'dropped-on-path',
      'host-down',
      'local-firewall',
      'no-route',
      'proxy-required',
      'internet-down',
    ],
    means:
      'The connection to the server could not be opened. This message does not say whether somebody refused it or nobody answered.',
    doesNotMean:
      'It does not mean that the firewall or the antivirus program did it, though help pages name them first. The name was found: an address was tried.',
  },
  'connect-timeout': {
    stage: 'connect',
    candidates: [
      'dropped-on-path',
      'server-firewall',
      'host-down',
      'local-firewall',
      'port-blocked-everywhere',
      'client-banned',
      'vpn-blocks',
      'proxy-required',
      'server-overloaded',
      'internet-down',
    ],
    means:
      'Nobody answered the attempt to connect: no "yes" and no "no". The packets, or the answers to them, were lost or swallowed somewhere on the way, or the machine is off.',
    doesNotMean:
      'It does not mean that the server is slow or that the service on it is stopped: a stopped service usually refuses at once. Who swallows the packets (this computer, the network or the server) the message cannot tell.',
  },
  'timed-out': {
    stage: 'connect',
    candidates: [
      'dropped-on-path',
      'server-firewall',
      'host-down',
      'local-firewall',
      'server-not-responding',
      'packet-loss',
      'server-overloaded',
      'internet-down',
    ],
    means:
      'The program gave up waiting. Either nobody answered the attempt to connect, or the connection stood and then nothing more came.',
    doesNotMean:
      'It does not mean that you were refused: a refusal comes at once. It does not tell who was silent: this computer, the network or the server.',
  },
  'response-timeout': {
    stage: 'http',
    candidates: [
      'server-not-responding',
      'server-overloaded',
      'path-mtu-blackhole',
      'packet-loss',
      'gateway-upstream-down',
      'http-filtered',
    ],
    means: 'The connection stood, the request was sent, and then no answer, or no more of it, came in time.',
    doesNotMean:
      'It does not mean that the port is blocked or the address wrong: that part worked. Usually the service itself is busy or stuck.',
  },
  reset: {
    stage: 'connect',
    candidates: [
      'server-closes-at-once',
      'reset-injected',
      'sni-filtered',
      'server-overloaded',
      'wrong-scheme-or-port',
      'client-banned',
      'momentary-glitch',
      'http-filtered',
    ],
    means:
      'The connection was open and was then cut hard: by the server, or by something on the way that pretends to be the server.',
    doesNotMean:
      'It does not mean that the server is down or the address wrong: it was reached. It is not a timeout; somebody actively ended the connection.',
  },
  closed: {
    stage: 'http',
    candidates: [
      'server-closes-at-once',
      'server-overloaded',
      'wrong-scheme-or-port',
      'reset-injected',
      'http-filtered',
      'momentary-glitch',
    ],
    means: 'The connection was open, and the other side hung up without answering.',
    doesNotMean:
      'It does not mean that the address is wrong or that the connection was refused. Often the service crashed on the request or expects another protocol on this port.',
  },
  aborted: {
    stage: 'connect',
    candidates: [
      'momentary-glitch',
      'antivirus-intercepts-tls',
      'app-policy',
      'vpn-blocks',
      'packet-loss',
      'local-firewall',
    ],
    means:
      'A connection that stood was given up on this computer: it waited too long for the other side, the network changed, or a security program ended it.',
    doesNotMean: 'It does not mean that the server refused you.',
  },
  'broken-pipe': {
    stage: 'connect',
    candidates: ['server-closes-at-once', 'momentary-glitch', 'server-overloaded', 'reset-injected'],
    means: 'The program wanted to send something on a connection that the other side had already closed.',
    doesNotMean:
      'It does not mean that the connection could not be opened. The reason is earlier: why the other side hung up.',
  },
  'connection-lost': {
    stage: 'connect',
    candidates: ['momentary-glitch', 'server-closes-at-once', 'network-down', 'packet-loss', 'reset-injected'],
    means: 'The connection was open and broke off while data was on its way.',
    doesNotMean: 'It does not mean that the server refuses you or that the address is wrong.',
  },
  'socket-file-missing': {
    stage: 'connect',
    candidates: ['nothing-listening', 'service-starting'],
    means:
      'The program looked for the service on this same computer, through a file, and that file is not there: the service is not running, or keeps its file elsewhere.',
    doesNotMean: 'It does not mean that a file of yours was lost, and no network or firewall is involved.',
  },
  'socket-file-refused': {
    stage: 'connect',
    candidates: ['nothing-listening', 'service-starting', 'server-overloaded'],
    means:
      'The file through which the service on this computer is reached exists, but no program answers behind it: the service was stopped or crashed.',
    doesNotMean: 'No network or firewall is involved.',
  },
  'socket-file-forbidden': {
    stage: 'connect',
    candidates: ['app-policy', 'service-refuses-client'],
    means:
      'The service on this computer is there, but the user you are logged in as may not open the file through which it is reached.',
    doesNotMean:
      'It does not mean that the service is stopped, and no network or firewall is involved. It is a matter of the user or group.',
  },
  'daemon-not-running': {
    stage: 'connect',
    candidates: ['nothing-listening', 'service-starting', 'app-policy'],
    means:
      'The tool could not reach its own background service: it is not running, or listens elsewhere than the tool looks.',
    doesNotMean:
      'It does not mean that the Internet or a registry is unreachable: the tool did not get beyond this computer.',
  },
  'connection-unspecified': {
    stage: 'connect',
    candidates: ['undetermined'],
    means: 'Something went wrong with the connection, and the message does not say what.',
    doesNotMean:
      'It does not mean that the firewall or the antivirus program did it, though the help text may name them.',
  },
} satisfies Record<string, Meaning>;
