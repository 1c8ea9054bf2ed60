import type { Meaning } from '../types.js';

/** Things that end on this device, before anything is sent. Which error stands for what: ip(7), connect(2), route(8). */
export const deviceMeanings = {
  offline: {
    stage: 'route',
    candidates: ['network-down', 'no-route', 'gateway-unreachable', 'internet-down'],
    means:
      'This device says that it has no network connection: no cable, no Wi-Fi, or a program that was switched to work offline.',
    doesNotMean:
      'It does not say anything about the server, and a firewall is not what reports this. Nothing was sent.',
  },
  'network-unreachable': {
    stage: 'route',
    candidates: ['no-route', 'network-down', 'ipv6-broken', 'local-firewall', 'vpn-blocks', 'unreachable-by-hop'],
    means:
      'This computer, or a router on the way, knows no way to the network of that address. Often only IPv6 is missing, or a VPN took the way with it.',
    doesNotMean:
      'It does not mean that the server is down: nothing reached it. It is not a wrong password or a wrong port either.',
  },
  'host-unreachable': {
    stage: 'route',
    candidates: [
      'host-down',
      'rejected-by-hop',
      'server-firewall',
      'unreachable-by-hop',
      'local-firewall',
      'no-route',
      'subnet-overlap',
    ],
    means:
      'Something on the way reported that this machine cannot be reached: it is off or not on that network, or a firewall answers so on purpose.',
    doesNotMean:
      'Despite its words ("no route") it seldom means that a route is missing on this computer: it is what is reported for a machine that is switched off, and several firewalls send exactly this when they reject.',
  },
  prohibited: {
    stage: 'route',
    candidates: ['rejected-by-hop', 'server-firewall', 'local-firewall', 'client-banned'],
    means:
      'A machine on the way, or the one at the end, answered that this connection is forbidden. Somebody set a rule that says so.',
    doesNotMean:
      'It does not mean that the machine is off or that a cable is missing: an answer came back. It is not about a password.',
  },
  'address-unreachable': {
    stage: 'route',
    candidates: ['no-route', 'host-down', 'network-down', 'ipv6-broken', 'rejected-by-hop', 'local-firewall'],
    means: 'There is no way from here to that address, or something on the way reported that it cannot be reached.',
    doesNotMean:
      'It does not mean that the site is down for everybody. A firewall that swallows packets would show as a timeout instead.',
  },
  'network-changed': {
    stage: 'route',
    candidates: ['momentary-glitch', 'network-down', 'vpn-blocks'],
    means:
      'The network of this device changed while the page was loading: another Wi-Fi, a VPN that went up or down, or waking from sleep.',
    doesNotMean:
      'It does not mean that the site has a problem. When it comes back again and again, something on this device keeps switching.',
  },
  'not-permitted': {
    stage: 'connect',
    candidates: ['local-firewall', 'app-policy', 'os-network-permission', 'antivirus-blocks-app', 'vpn-blocks'],
    means:
      'This computer itself forbade the connection: a firewall rule, a security program or a restriction of this one program.',
    doesNotMean:
      'It does not mean that the server refused you: nothing was sent to it. It is not about passwords or file permissions on the server.',
  },
  'local-network-permission': {
    stage: 'connect',
    candidates: ['os-network-permission', 'app-policy', 'local-firewall'],
    means:
      'The system does not let this app talk to devices of the local network until that is allowed in the privacy settings.',
    doesNotMean: 'It does not mean that the other device is off or refuses.',
  },
  'out-of-ports': {
    stage: 'connect',
    candidates: ['ephemeral-ports-exhausted', 'no-route', 'network-down'],
    means:
      'This computer has no free port or address left for one more outgoing connection to this server, or was told to use an address it does not have.',
    doesNotMean:
      'It does not mean that the server is full or refuses: nothing was sent. Waiting a minute often helps, which is why it looks random.',
  },
  'out-of-files': {
    stage: 'connect',
    candidates: ['too-many-open-files'],
    means: 'The program has reached its limit of open files and connections, so it cannot open one more.',
    doesNotMean:
      'It does not mean that the server has a problem or that the disk is full. Usually the program forgets to close connections.',
  },
  'port-taken': {
    stage: 'service',
    candidates: ['undetermined'],
    means:
      'A program wanted to offer a service on a port of this computer, but another program already holds that port.',
    doesNotMean:
      'It does not mean that a connection was blocked. This is about starting a service here, not about reaching one.',
  },
  'local-file-limit': {
    stage: 'connect',
    candidates: ['ephemeral-ports-exhausted', 'conntrack-table-full', 'local-firewall'],
    means: 'This computer had no memory or queue space left for network data.',
    doesNotMean: 'It does not mean that the server has a problem: it happened before anything was sent.',
  },
  'antivirus-found': {
    stage: 'http',
    candidates: ['antivirus-blocks-url', 'antivirus-quarantined-app'],
    means: 'A virus scanner on this device stopped the download because it takes the file for malware.',
    doesNotMean:
      'It does not mean that the network is broken. It does not prove that the file is harmful either, but treat it so until you know.',
  },
  'blocked-by-extension': {
    stage: 'http',
    candidates: ['browser-extension', 'antivirus-blocks-url', 'browser-policy'],
    means: 'The browser itself stopped the request on behalf of an extension, almost always an ad or tracking blocker.',
    doesNotMean:
      'It does not mean that the server refused, and neither a firewall nor the network is involved: nothing was sent.',
  },
  'blocked-by-policy': {
    stage: 'http',
    candidates: ['browser-policy', 'browser-extension', 'http-filtered'],
    means: 'The browser was told by whoever manages it (a company, a school, parental controls) not to open this page.',
    doesNotMean: 'It does not mean that the site is down or that the network blocks it: nothing was sent.',
  },
  'blocked-as-dangerous': {
    stage: 'http',
    candidates: ['browser-policy', 'http-filtered'],
    means: 'The browser shows a warning because the site is on a list of fraudulent or harmful sites.',
    doesNotMean:
      'It does not mean that the connection failed or that a firewall blocks it. Lists are sometimes wrong, but go on only if you are sure.',
  },
  'blocked-by-site-rules': {
    stage: 'http',
    candidates: ['reachable', 'http-forbidden', 'http-server-error'],
    means:
      'The server was reached, but the page may not use the answer: the rules for pages of other sites (CORS, CSP, frames) forbid it, or the answer lacks the needed headers.',
    doesNotMean: 'It does not mean that a firewall, an antivirus program or the network blocked anything.',
  },
  'unsafe-port': {
    stage: 'target',
    candidates: ['wrong-scheme-or-port', 'browser-policy'],
    means: 'The program refuses to use this port because it belongs to another kind of service. Nothing was sent.',
    doesNotMean: 'It does not mean that a firewall blocks the port or that the server refuses it.',
  },
  'bad-address': {
    stage: 'target',
    candidates: ['wrong-scheme-or-port', 'mistyped-name'],
    means:
      'What was typed is not an address that the program can use: a part is missing, misspelt or of the wrong kind.',
    doesNotMean: 'It does not mean that anything is blocked: no connection was tried.',
  },
  'unusable-address': {
    stage: 'target',
    candidates: ['mistyped-name', 'wrong-scheme-or-port', 'hosts-file-override', 'name-filtered'],
    means:
      'The address is one that nothing can be reached at, such as 0.0.0.0 or port 0. A filter that answers names with 0.0.0.0 looks like this too.',
    doesNotMean: 'It does not mean that the server is down: no connection was tried.',
  },
  'cleartext-forbidden': {
    stage: 'http',
    candidates: ['app-policy', 'browser-forces-https', 'wrong-scheme-or-port'],
    means: 'The app or the system allows only encrypted (https) connections, and this address begins with http.',
    doesNotMean: 'It does not mean that the server is down or that the network blocks it: nothing was sent.',
  },
  'not-network': {
    stage: 'target',
    candidates: ['undetermined'],
    means:
      'This message is about a file, a setting or a missing part of the program on this computer, not about the connection.',
    doesNotMean: 'It does not mean that anything blocks the connection.',
  },
  'https-forced': {
    stage: 'tls',
    candidates: ['browser-forces-https', 'certificate-untrusted', 'tls-intercepted'],
    means:
      'The browser insists on a secure connection to this site, because the site demanded it before or because of a setting, and got none.',
    doesNotMean: 'It does not mean that the site is down.',
  },
} satisfies Record<string, Meaning>;
