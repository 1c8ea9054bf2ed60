import type { Meaning } from '../types.js';

/** A proxy between this device and the server. RFC 9110 (CONNECT, 407), RFC 1928 (SOCKS). */
export const proxyMeanings = {
  'proxy-name-unknown': {
    stage: 'proxy',
    candidates: ['proxy-misconfigured', 'proxy-unreachable', 'resolver-unreachable', 'vpn-blocks'],
    means: 'The program is set to go through a proxy (a go-between), and the name of that proxy cannot be found.',
    doesNotMean:
      'It does not mean that the site is wrong or down: it was not asked for. The setting of the proxy is what to look at.',
  },
  'proxy-connect-failed': {
    stage: 'proxy',
    candidates: ['proxy-unreachable', 'proxy-misconfigured', 'local-firewall', 'vpn-blocks'],
    means: 'The program is set to go through a proxy (a go-between), and that proxy cannot be reached.',
    doesNotMean:
      'It does not mean that the site or your Internet connection is down: neither was tried. Often a setting was left behind by a VPN or filter program that is gone.',
  },
  'proxy-login': {
    stage: 'proxy',
    candidates: ['proxy-refuses', 'proxy-misconfigured'],
    means: 'The proxy between you and the Internet wants a user name and password, and got none or wrong ones.',
    doesNotMean: 'It does not mean that the site wants a login or refuses you: the site was not reached.',
  },
  'proxy-says-no': {
    stage: 'proxy',
    candidates: ['proxy-refuses', 'proxy-misconfigured', 'http-filtered'],
    means: 'The proxy between you and the Internet was reached, and refused to connect you to this server.',
    doesNotMean: 'It does not mean that the server refused you: it was not reached.',
  },
  'proxy-tunnel-failed': {
    stage: 'proxy',
    candidates: ['proxy-refuses', 'gateway-upstream-down', 'proxy-misconfigured', 'proxy-unreachable', 'http-filtered'],
    means:
      'The proxy between you and the Internet was reached, but did not make a connection to the server: it does not allow it, or could not reach the server itself.',
    doesNotMean: 'It does not mean that your own Internet connection is down, or that the server refused you.',
  },
  'proxy-upstream-failed': {
    stage: 'proxy',
    candidates: ['gateway-upstream-down', 'proxy-refuses', 'name-does-not-exist', 'host-down'],
    means: 'The proxy between you and the Internet was reached, but could itself not reach the server.',
    doesNotMean: 'It does not mean that your computer blocks anything: the message comes from the proxy.',
  },
  'proxy-settings': {
    stage: 'proxy',
    candidates: ['proxy-misconfigured', 'proxy-unreachable'],
    means:
      'The proxy setting of this program or computer cannot be used: its script, address or kind is wrong or cannot be loaded.',
    doesNotMean: 'It does not mean that the site or the Internet is down: nothing was tried.',
  },
} satisfies Record<string, Meaning>;
