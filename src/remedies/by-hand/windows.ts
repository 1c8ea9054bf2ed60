import type { Ailment } from '../../model/remedy.js';
import { type ByHand, flowOf, inboundOf, largestPacket, lineIn, type Template, workingResolver } from './parts.js';

/** netsh(1), PowerShell's NetSecurity and DnsClient modules. An allowing rule of Windows does not beat one that blocks. */
export const windows: Readonly<Record<string, Template>> = {
  'local-firewall': (ailment) => {
    const inbound = inboundOf(ailment);
    if (inbound !== null) return windowsOpened(inbound);
    const flow = flowOf(ailment);
    if (flow === null) return null;
    return {
      title: `lets only ${flow.address} port ${flow.port} through, where it is blocked by default and not by a rule`,
      commands: [
        `New-NetFirewallRule -Name whoblocked -DisplayName whoblocked -Direction Outbound -Action Allow -Protocol TCP -RemoteAddress ${flow.address} -RemotePort ${flow.port}`,
      ],
      undo: ['Remove-NetFirewallRule -Name whoblocked'],
    };
  },
  'hosts-file-override': ({ verdict }) => {
    const line = lineIn(verdict.culprit?.location, String.raw`C:\Windows\System32\drivers\etc\hosts`);
    if (line === null) return null;
    const file = String.raw`$env:SystemRoot\System32\drivers\etc\hosts`;
    return {
      title: `switches line ${line} of the hosts file off`,
      commands: [
        `Copy-Item "${file}" "${file}.whoblocked"`,
        `$lines = Get-Content "${file}"; $lines[${line - 1}] = "# " + $lines[${line - 1}]; Set-Content "${file}" $lines`,
        'Clear-DnsClientCache',
      ],
      undo: [`Move-Item -Force "${file}.whoblocked" "${file}"`, 'Clear-DnsClientCache'],
    };
  },
  'stale-dns-cache': () => ({ title: 'empties the cache of names', commands: ['Clear-DnsClientCache'], undo: [] }),
  'resolver-unreachable': (ailment) => windowsResolver(ailment),
  'resolver-failing': (ailment) => windowsResolver(ailment),
  'network-down': () => ({
    title: 'switches the network adapter on (another one: Get-NetAdapter shows their names)',
    commands: ['Enable-NetAdapter -Name "Ethernet" -Confirm:$false'],
    undo: ['Disable-NetAdapter -Name "Ethernet" -Confirm:$false'],
  }),
  'path-mtu-blackhole': (ailment) => {
    const size = largestPacket(ailment);
    return size === null
      ? null
      : {
          title: `bounds packets on "Ethernet" to ${size} bytes, until Windows restarts (names: netsh interface ipv4 show subinterfaces)`,
          commands: [`netsh interface ipv4 set subinterface "Ethernet" mtu=${size} store=active`],
          undo: ['netsh interface ipv4 set subinterface "Ethernet" mtu=1500 store=active'],
        };
  },
  'ipv6-broken': () => ({
    title: 'has programs try IPv4 before IPv6, until Windows restarts',
    commands: ['netsh interface ipv6 set prefixpolicy ::ffff:0:0/96 46 4 store=active'],
    undo: ['netsh interface ipv6 set prefixpolicy ::ffff:0:0/96 35 4 store=active'],
  }),
  'clock-wrong': () => ({
    title: 'sets the clock by the network',
    commands: ['Start-Service w32time', 'w32tm /resync /force'],
    undo: [],
  }),
  'gateway-unreachable': () => windowsRenewed,
  'no-route': () => windowsRenewed,
  'no-dns-configured': () => windowsRenewed,
  'ephemeral-ports-exhausted': () => ({
    title: 'lets more ports of this computer be used at a time',
    commands: ['netsh int ipv4 set dynamicport tcp start=10000 num=55536'],
    undo: ['netsh int ipv4 set dynamicport tcp start=49152 num=16384'],
  }),
  'captive-portal': () => ({
    title: 'opens the page of this network',
    commands: ['Start-Process http://www.msftconnecttest.com/redirect'],
    undo: [],
  }),
  'proxy-unreachable': () => windowsProxyOff,
  'proxy-misconfigured': () => windowsProxyOff,
};

const internetSettings = String.raw`"HKCU:\Software\Microsoft\Windows\CurrentVersion\Internet Settings"`;
const windowsProxyOff: ByHand = {
  title: 'switches the proxy of this user off',
  commands: [`Set-ItemProperty ${internetSettings} -Name ProxyEnable -Value 0`],
  undo: [`Set-ItemProperty ${internetSettings} -Name ProxyEnable -Value 1`],
};

function windowsResolver(ailment: Ailment): ByHand | null {
  const working = workingResolver(ailment);
  if (working === null) return null;
  return {
    title: `asks ${working} for names, which answered (another adapter: Get-DnsClientServerAddress shows their names)`,
    commands: [
      'Get-DnsClientServerAddress -InterfaceAlias "Wi-Fi"',
      `Set-DnsClientServerAddress -InterfaceAlias "Wi-Fi" -ServerAddresses ${working}`,
    ],
    undo: [
      'Set-DnsClientServerAddress -InterfaceAlias "Wi-Fi" -ResetServerAddresses   # or those that the first one showed',
    ],
  };
}

function windowsOpened({ from, port, protocol }: NonNullable<ReturnType<typeof inboundOf>>): ByHand {
  return {
    title: `lets ${from} in to ${protocol} port ${port}, where it is blocked by default and not by a rule`,
    commands: [
      `New-NetFirewallRule -Name whoblocked -DisplayName whoblocked -Direction Inbound -Action Allow -Protocol ${protocol.toUpperCase()} -RemoteAddress ${from} -LocalPort ${port}`,
    ],
    undo: ['Remove-NetFirewallRule -Name whoblocked'],
  };
}

const windowsRenewed: ByHand = {
  title: 'asks the network for its addresses again',
  commands: ['ipconfig /renew'],
  undo: [],
};
