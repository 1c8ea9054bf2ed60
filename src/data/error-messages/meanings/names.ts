import type { Meaning } from '../types.js';

/** Finding the server's address. Which answer stands for what: RFC 1035 and 2308, getaddrinfo(3). */
export const nameMeanings = {
  'name-nxdomain': {
    stage: 'name',
    candidates: ['name-does-not-exist', 'mistyped-name', 'name-filtered', 'stale-dns-cache', 'vpn-blocks'],
    means:
      'The name could not be turned into an address: the name service answered that no such name exists. Your program never got as far as the server.',
    doesNotMean:
      'It does not mean that the server is down, and a firewall seldom causes it. The name may be misspelt, may have expired, or may be known only inside a company network or VPN.',
  },
  'name-unresolved': {
    stage: 'name',
    candidates: [
      'name-does-not-exist',
      'mistyped-name',
      'resolver-unreachable',
      'no-dns-configured',
      'network-down',
      'name-filtered',
      'internet-down',
    ],
    means:
      'The name could not be turned into an address. Your program never got as far as the server: it does not know where to find it.',
    doesNotMean:
      'It does not mean that the server is down or refuses you. Either the name is wrong, or this computer cannot ask anybody for names at all; the message does not say which.',
  },
  'name-lookup-fails': {
    stage: 'name',
    candidates: [
      'resolver-unreachable',
      'network-down',
      'no-dns-configured',
      'resolver-failing',
      'internet-down',
      'vpn-blocks',
    ],
    means:
      'Nobody answered the question which address the name has. This computer has no working name service at the moment.',
    doesNotMean:
      'It does not mean that the name is wrong or that the server is down: both are still unknown. Often there is no network at all, or a VPN left its name server behind.',
  },
  'resolver-timeout': {
    stage: 'name',
    candidates: ['resolver-unreachable', 'local-firewall', 'vpn-blocks', 'internet-down', 'packet-loss'],
    means: 'The name server was asked for the address and gave no answer in time.',
    doesNotMean:
      'It does not mean that the name does not exist or that the server behind it is slow. The server was never asked anything: its address is still unknown.',
  },
  'resolver-error': {
    stage: 'name',
    candidates: ['resolver-failing', 'dnssec-bogus', 'name-filtered', 'resolver-unreachable'],
    means: 'The name server answered, but only to say that it could not, or would not, look the name up.',
    doesNotMean:
      'It does not mean that the name does not exist. The fault is at a name server: yours, or the one that is responsible for this name.',
  },
  'name-without-address': {
    stage: 'name',
    candidates: ['name-has-no-address', 'name-filtered', 'ipv6-broken', 'ipv4-broken'],
    means: 'The name exists, but no address of the kind that was asked for is registered under it.',
    doesNotMean:
      'It does not mean that the name is misspelt. It may exist for mail only, or have an IPv6 address and no IPv4 one (or the other way round).',
  },
  'secure-dns-fails': {
    stage: 'name',
    candidates: ['resolver-unreachable', 'resolver-failing', 'captive-portal', 'dropped-on-path'],
    means:
      'The browser is set to ask one particular "secure DNS" server for names, and that server cannot be reached or gives no useful answer.',
    doesNotMean:
      'It does not mean that the site is down or that your network has no name service: only the one chosen in the browser fails.',
  },
} satisfies Record<string, Meaning>;
