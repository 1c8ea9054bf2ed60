import { familyOf } from '../../model/address.js';
import type { Ailment } from '../../model/remedy.js';
import { type ByHand, flowOf, inboundOf, largestPacket, lineIn, type Template, workingResolver } from './parts.js';

/** pfctl(8), networksetup(8), dscacheutil(1) of macOS. */
export const macos: Readonly<Record<string, Template>> = {
  'local-firewall': (ailment) => {
    const inbound = inboundOf(ailment);
    if (inbound !== null) return macOpened(inbound);
    const flow = flowOf(ailment);
    if (flow === null) return null;
    const family = familyOf(flow.address) === 6 ? 'inet6' : 'inet';
    const rule = `pass out quick ${family} proto tcp from any to ${flow.address} port ${flow.port}`;
    return {
      title: `lets only ${flow.address} port ${flow.port} through, until the packet filter is loaded again`,
      commands: [
        `(echo 'anchor "whoblocked"'; sudo pfctl -sr 2>/dev/null) | sudo pfctl -R -f -`,
        `echo '${rule}' | sudo pfctl -a whoblocked -f -`,
      ],
      undo: ['sudo pfctl -a whoblocked -F rules', 'sudo pfctl -f /etc/pf.conf'],
    };
  },
  'hosts-file-override': ({ verdict }) => {
    const line = lineIn(verdict.culprit?.location, '/etc/hosts');
    if (line === null) return null;
    return {
      title: `switches line ${line} of /etc/hosts off`,
      commands: [
        `sudo cp -p /etc/hosts /etc/hosts.whoblocked`,
        `sudo sed -i '' '${line}s/^/# /' /etc/hosts`,
        'sudo dscacheutil -flushcache',
      ],
      undo: ['sudo mv /etc/hosts.whoblocked /etc/hosts', 'sudo dscacheutil -flushcache'],
    };
  },
  'stale-dns-cache': () => ({
    title: 'empties the cache of names',
    commands: ['sudo dscacheutil -flushcache', 'sudo killall -HUP mDNSResponder'],
    undo: [],
  }),
  'resolver-unreachable': (ailment) => macResolver(ailment),
  'resolver-failing': (ailment) => macResolver(ailment),
  'network-down': () => ({
    title: 'switches the Wi-Fi on (another network service: networksetup -listallnetworkservices)',
    commands: ['networksetup -setnetworkserviceenabled Wi-Fi on', 'networksetup -setairportpower en0 on'],
    undo: ['networksetup -setairportpower en0 off'],
  }),
  'path-mtu-blackhole': (ailment) => {
    const size = largestPacket(ailment);
    return size === null
      ? null
      : {
          title: `bounds packets on en0 to ${size} bytes`,
          commands: [`sudo networksetup -setMTU en0 ${size}`],
          undo: ['sudo networksetup -setMTU en0 1500'],
        };
  },
  'ipv6-broken': () => ({
    title: 'switches IPv6 off for the Wi-Fi, as long as it does not work',
    commands: ['networksetup -setv6off Wi-Fi'],
    undo: ['networksetup -setv6automatic Wi-Fi'],
  }),
  'clock-wrong': () => ({
    title: 'sets the clock by the network',
    commands: ['sudo systemsetup -setusingnetworktime on', 'sudo sntp -sS time.apple.com'],
    undo: [],
  }),
  'gateway-unreachable': () => macRenewed,
  'no-route': () => macRenewed,
  'no-dns-configured': () => macRenewed,
  'ephemeral-ports-exhausted': () => ({
    title: 'lets more ports of this computer be used at a time, until it restarts',
    commands: ['sudo sysctl -w net.inet.ip.portrange.first=10000'],
    undo: ['sudo sysctl -w net.inet.ip.portrange.first=49152'],
  }),
  'captive-portal': () => ({
    title: 'opens the page of this network',
    commands: ['open http://captive.apple.com/'],
    undo: [],
  }),
  'proxy-unreachable': () => macProxyOff,
  'proxy-misconfigured': () => macProxyOff,
};

const macProxyOff: ByHand = {
  title: 'switches the proxies of the Wi-Fi off (another network service: networksetup -listallnetworkservices)',
  commands: ['networksetup -setwebproxystate Wi-Fi off', 'networksetup -setsecurewebproxystate Wi-Fi off'],
  undo: ['networksetup -setwebproxystate Wi-Fi on', 'networksetup -setsecurewebproxystate Wi-Fi on'],
};

function macResolver(ailment: Ailment): ByHand | null {
  const working = workingResolver(ailment);
  if (working === null) return null;
  return {
    title: `asks ${working} for names, which answered (another network service: networksetup -listallnetworkservices)`,
    commands: ['networksetup -getdnsservers Wi-Fi', `networksetup -setdnsservers Wi-Fi ${working}`],
    undo: ['networksetup -setdnsservers Wi-Fi empty   # or those that the first command showed'],
  };
}

function macOpened({ from, port, protocol }: NonNullable<ReturnType<typeof inboundOf>>): ByHand {
  const family = familyOf(from) === 6 ? 'inet6' : 'inet';
  return {
    title: `lets ${from} in to ${protocol} port ${port}, and nobody else, until the packet filter is loaded again`,
    commands: [
      `(echo 'anchor "whoblocked"'; sudo pfctl -sr 2>/dev/null) | sudo pfctl -R -f -`,
      `echo 'pass in quick ${family} proto ${protocol} from ${from} to any port ${port}' | sudo pfctl -a whoblocked -f -`,
    ],
    undo: ['sudo pfctl -a whoblocked -F rules', 'sudo pfctl -f /etc/pf.conf'],
  };
}

/** ipconfig(8). */
const macRenewed: ByHand = {
  title: 'asks the network for its addresses again (another interface: ifconfig shows their names)',
  commands: ['sudo ipconfig set en0 DHCP'],
  undo: [],
};
