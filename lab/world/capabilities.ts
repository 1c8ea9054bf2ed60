// What this machine lacks for the lab. A scenario that needs it is skipped by name, with the reason.
import { existsSync, readFileSync } from 'node:fs';
import { access, constants } from 'node:fs/promises';
import { unifiedGroups } from './bpf.js';
import { containerGroups, faketimeLibrary, icapModules, memoryGroups, postgresPrograms, unpackedPlace, unpackedPrograms, type UnpackedProgram } from './places.js'; // prettier-ignore
import { run } from './process.js';

export type Need =
  | 'nft'
  | 'iptables-nft'
  | 'iptables-string'
  | 'iptables-legacy'
  | 'ufw'
  | 'sudo'
  | 'firewalld'
  | 'fail2ban'
  | 'dnsmasq'
  | 'dhclient'
  | 'unbound'
  | 'dnssec-signzone'
  | 'nscd'
  | 'ipv6'
  | 'nft-numgen'
  | 'bridge'
  | 'br-netfilter'
  | 'macvlan'
  | 'ipset'
  | 'nfqueue'
  | 'container-cgroup'
  | 'postgres'
  | 'redis'
  | 'nginx'
  | 'sshd'
  | 'nats'
  | 'faketime'
  | 'conntrack'
  | 'chromium'
  | 'memory-cgroup'
  | 'clamav'
  | 'squid'
  | 'icap'
  | 'mitmproxy'
  | 'tun'
  | 'tbf'
  | 'ipsec'
  | 'cgroup-bpf'
  | 'own-group'
  | 'landlock'
  | 'flatpak'
  | 'opensnitch'
  | 'podman'
  | 'slirp4netns'
  | 'certutil'
  | 'strace'
  | 'networkd'
  | 'wireguard'
  | 'openvpn'
  | 'overlay'
  | UnpackedProgram;

const PROGRAMS: Partial<Record<Need, string>> = {
  nft: 'nft',
  'iptables-nft': 'iptables-nft',
  'iptables-legacy': 'iptables-legacy',
  ufw: 'ufw',
  sudo: 'sudo',
  firewalld: 'firewalld',
  fail2ban: 'fail2ban-server',
  dnsmasq: 'dnsmasq',
  unbound: 'unbound',
  'dnssec-signzone': 'dnssec-signzone',
  redis: 'redis-server',
  nginx: 'nginx',
  sshd: 'sshd',
  nats: 'nats-server',
  conntrack: 'conntrack',
  chromium: 'chromium',
  clamav: 'clamd',
  mitmproxy: 'mitmdump',
  strace: 'strace',
  wireguard: 'wireguard-go',
  openvpn: 'openvpn',
  flatpak: 'flatpak',
  opensnitch: 'opensnitchd',
  podman: 'podman',
  slirp4netns: 'slirp4netns',
  certutil: 'certutil',
};

const PATH = ['/usr/sbin', '/sbin', '/usr/bin', '/bin', '/usr/local/sbin', '/usr/local/bin'];

export async function programExists(name: string): Promise<boolean> {
  for (const directory of PATH) {
    try {
      await access(`${directory}/${name}`, constants.X_OK);
      return true;
    } catch {
      // look further
    }
  }
  return false;
}

/** Why no world can be made here at all, or null. */
export async function missingForAll(): Promise<string | null> {
  if (process.platform !== 'linux') return 'network namespaces exist on Linux only';
  if (process.getuid?.() !== 0) return 'making network namespaces needs root';
  for (const program of ['ip', 'nsenter', 'sysctl', 'openssl', 'setpriv']) {
    if (!(await programExists(program))) return `the program ${program} is missing`;
  }
  const name = `whoblocked-probe-${process.pid}`;
  const made = await run('ip', ['netns', 'add', name]);
  await run('ip', ['netns', 'del', name]);
  return made.code === 0 ? null : `ip netns add: ${made.stderr.trim()}`;
}

const known = new Map<Need, Promise<string | null>>();

async function check(need: Need): Promise<string | null> {
  const program = PROGRAMS[need];
  if (program !== undefined) return (await programExists(program)) ? null : `the program ${program} is missing`;
  const beside = unpackedPrograms.find((name) => name === need);
  if (beside !== undefined)
    return unpackedPlace(beside) === null ? `${beside} is not unpacked (npm test fetches it, as root on Debian)` : null;
  if (need === 'networkd')
    return existsSync('/lib/systemd/systemd-networkd') ? null : 'systemd-networkd is not installed';
  if (need === 'nscd') {
    const here = existsSync('/run/nscd') && (await programExists('nscd'));
    return here ? null : 'nscd is not installed, or its directory /run/nscd is missing';
  }
  if (need === 'dhclient') {
    const here = existsSync('/var/lib/dhcp') && (await programExists('dhclient'));
    return here ? null : 'dhclient is not installed, or its directory /var/lib/dhcp is missing';
  }
  if (need === 'postgres') return existsSync(postgresPrograms()) ? null : 'PostgreSQL is not installed';
  if (need === 'faketime') return faketimeLibrary() === null ? 'libfaketime is not installed' : null;
  if (need === 'own-group') return inOwnGroup() ? null : 'this process is in no control group of its own';
  if (need === 'icap') return icapModules() === null ? 'c-icap with virus_scan is not installed' : null;
  if (need === 'squid')
    return existsSync('/usr/lib/squid/security_file_certgen') ? null : 'Squid that intercepts TLS is not installed';
  if (need === 'memory-cgroup') return memoryGroups() === null ? 'no control group for memory can be made here' : null;
  if (need === 'tun') {
    const made = await run('unshare', ['-n', 'ip', 'tuntap', 'add', 'dev', 'probe', 'mode', 'tun']);
    return made.code === 0 ? null : 'this kernel has no tunnel devices';
  }
  if (need === 'tbf') {
    const line = ['unshare', ['-n', 'tc', 'qdisc', 'add', 'dev', 'lo', 'root', 'tbf', 'rate', '1mbit', 'burst', '9kb', 'limit', '9kb']] as const; // prettier-ignore
    const made = await run(...line);
    return made.code === 0 ? null : 'this kernel has no token bucket queue (sch_tbf)';
  }
  if (need === 'ipsec') {
    const policy = ['ip', 'xfrm', 'policy', 'add', 'dst', '192.0.2.1/32', 'dir', 'out', 'action', 'block'];
    const made = await run('unshare', ['-n', ...policy]);
    return made.code === 0 && existsSync('/proc/net/xfrm_stat')
      ? null
      : 'this kernel has no IPsec, or counts nothing of it';
  }
  if (need === 'landlock') {
    const made = await run('python3', [
      '-c',
      'import ctypes,sys; sys.exit(0 if ctypes.CDLL(None).syscall(444,None,0,1) >= 4 else 1)',
    ]);
    return made.code === 0 ? null : 'this kernel has no Landlock for connections';
  }
  if (need === 'nfqueue') {
    const rule = ['iptables-nft', '-A', 'OUTPUT', '-j', 'NFQUEUE', '--queue-num', '3', '--queue-bypass'];
    const made = await run('unshare', ['-n', ...rule]);
    return made.code === 0 ? null : 'this kernel hands no packets to programs (NFQUEUE)';
  }
  if (need === 'ipset') {
    const made = await run('unshare', ['-n', 'ipset', 'create', 'probe', 'hash:net']);
    return made.code === 0 ? null : 'there are no sets of the ipset program here';
  }
  if (need === 'br-netfilter')
    return existsSync('/proc/sys/net/bridge') ? null : 'this kernel shows its rules nothing of what passes a bridge';
  if (need === 'bridge') {
    const made = await run('unshare', ['-n', 'ip', 'link', 'add', 'name', 'probe', 'type', 'bridge']);
    return made.code === 0 ? null : 'this kernel has no bridges';
  }
  if (need === 'cgroup-bpf') {
    if (unifiedGroups() === null) return 'there are no control groups of version 2 here';
    return existsSync('/proc/sys/net/core/bpf_jit_enable') ? null : 'this kernel has no BPF';
  }
  if (need === 'iptables-string') {
    const rule = ['iptables-nft', '-A', 'FORWARD', '-m', 'string', '--algo', 'bm', '--string', 'x', '-j', 'DROP'];
    const made = await run('unshare', ['-n', ...rule]);
    return made.code === 0 ? null : 'this kernel does not look for text in packets (xt_string)';
  }
  if (need === 'overlay') {
    const layers =
      'mount -t tmpfs lab /mnt && mkdir /mnt/u /mnt/w && mount -t overlay lab -o lowerdir=/usr/bin,upperdir=/mnt/u,workdir=/mnt/w /usr/bin';
    const made = await run('unshare', ['-m', '--propagation', 'private', 'sh', '-c', layers]);
    return made.code === 0 ? null : 'no folder can be laid over another one here (overlayfs)';
  }
  if (need === 'macvlan') {
    const lines = 'link add name a type veth peer name b\nlink add link a name probe type macvlan mode bridge\n';
    const made = await run('unshare', ['-n', 'ip', '-batch', '-'], { input: lines });
    return made.code === 0 ? null : 'this kernel has no macvlan';
  }
  if (need === 'container-cgroup') return containerGroups() === null ? 'no control group can be made here' : null;
  if (need === 'ipv6') return existsSync('/proc/net/if_inet6') ? null : 'this kernel has no IPv6';
  const rule =
    'table inet probe { chain c { type filter hook output priority 0; numgen random mod 100 < 15 drop; }; }\n';
  const ran = await run('nft', ['-c', '-f', '-'], { input: rule });
  return ran.code === 0 ? null : 'this kernel has no nft numgen';
}

/** Why the need is not met, or null. Asked once a run. */
export function lacks(need: Need): Promise<string | null> {
  let answer = known.get(need);
  if (answer === undefined) {
    answer = check(need);
    known.set(need, answer);
  }
  return answer;
}

function inOwnGroup(): boolean {
  const groups = unifiedGroups();
  return groups !== null && /^0::\/.+$/m.test(readFileSync('/proc/self/cgroup', 'utf8'));
}
