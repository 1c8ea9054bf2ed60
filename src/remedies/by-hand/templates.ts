import { familyOf } from '../../model/address.js';
import { failingFlows } from '../../model/failing-flows.js';
import type { Ailment } from '../../model/remedy.js';

/** Commands to paste, for systems on which nothing is changed by this program. Never tried there: marked so when shown. */
export interface ByHand {
  readonly title: string;
  readonly commands: readonly string[];
  readonly undo: readonly string[];
}

type Template = (ailment: Ailment) => ByHand | null;

/** Only what no shell gives a meaning to, on any of these systems, comes into a command. */
const plain = /^[A-Za-z0-9.:_-]{1,64}$/;

function flowOf({ facts }: Ailment): { readonly address: string; readonly port: number } | null {
  const flow = failingFlows(facts).find(({ protocol }) => protocol === 'tcp');
  return flow !== undefined && familyOf(flow.address) !== 0 && plain.test(flow.address) ? flow : null;
}

/** pfctl(8), networksetup(8), dscacheutil(1) of macOS. */
const macos: Readonly<Record<string, Template>> = {
  'local-firewall': (ailment) => {
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
  'proxy-unreachable': () => macProxyOff,
  'proxy-misconfigured': () => macProxyOff,
};

const macProxyOff: ByHand = {
  title: 'switches the proxies of the Wi-Fi off (another network service: networksetup -listallnetworkservices)',
  commands: ['networksetup -setwebproxystate Wi-Fi off', 'networksetup -setsecurewebproxystate Wi-Fi off'],
  undo: ['networksetup -setwebproxystate Wi-Fi on', 'networksetup -setsecurewebproxystate Wi-Fi on'],
};

/** netsh(1), PowerShell's NetSecurity and DnsClient modules. An allowing rule of Windows does not beat one that blocks. */
const windows: Readonly<Record<string, Template>> = {
  'local-firewall': (ailment) => {
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
  'proxy-unreachable': () => windowsProxyOff,
  'proxy-misconfigured': () => windowsProxyOff,
};

const internetSettings = String.raw`"HKCU:\Software\Microsoft\Windows\CurrentVersion\Internet Settings"`;
const windowsProxyOff: ByHand = {
  title: 'switches the proxy of this user off',
  commands: [`Set-ItemProperty ${internetSettings} -Name ProxyEnable -Value 0`],
  undo: [`Set-ItemProperty ${internetSettings} -Name ProxyEnable -Value 1`],
};

/** `/etc/hosts:12`, or null where it is another file. */
function lineIn(location: string | undefined, file: string): number | null {
  const found = /^(.*):(\d{1,7})$/.exec(location ?? '');
  return found?.[1]?.toLowerCase() === file.toLowerCase() ? Number(found[2]) : null;
}

export function byHand(platform: string, ailment: Ailment): ByHand | null {
  const templates = platform === 'darwin' ? macos : platform === 'win32' ? windows : {};
  return templates[ailment.verdict.cause]?.(ailment) ?? null;
}
