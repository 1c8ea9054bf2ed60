// Fetches Debian packages that the lab only unpacks: installed, they would take over the network of this very machine, or
// ask their makers' servers.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, renameSync, rmSync } from 'node:fs';
import path from 'node:path';

/** Root's, as the lab is. `lab/world/places.ts` looks for them there. */
const folder = '/var/cache/whoblocked-lab';

/** Each by the program in it; with the libraries that Debian's smallest systems lack. */
const unpacked = {
  openresolv: ['openresolv'],
  resolvconf: ['resolvconf'],
  udhcpc: ['busybox', 'udhcpc'],
  dhcpcd: ['dhcpcd-base'],
  chrony: ['chrony'],
  NetworkManager: [
    'network-manager', 'libnm0', 'libndp0', 'libmm-glib0', 'libteamdctl0', 'libbluetooth3', 'libnewt0.52', 'libslang2',
    'libjansson4', 'libpsl5', 'libcurl3-gnutls',
  ],
  'NetworkManager-openvpn': ['network-manager-openvpn'],
  crowdsec: ['crowdsec', 'crowdsec-firewall-bouncer', 'libsqlite3-0'],
}; // prettier-ignore

/** Names of those that stay missing, and why. */
export function unpackDebianPackages() {
  const missing = Object.keys(unpacked).filter((name) => !existsSync(path.join(folder, name)));
  if (missing.length === 0) return { missing, why: '' };
  if (!existsSync('/etc/debian_version')) return { missing, why: 'not Debian' };
  if (process.geteuid?.() !== 0) return { missing, why: 'not root' };
  mkdirSync(folder, { recursive: true, mode: 0o755 });
  const left = missing.filter((name) => !unpack(name, unpacked[name]));
  return { missing: left, why: left.length === 0 ? '' : 'apt-get could not fetch them' };
}

function unpack(name, packages) {
  // Beside its place and then renamed: what is there is whole.
  const draft = mkdtempSync(path.join(folder, '.draft-'));
  try {
    const fetched = spawnSync('apt-get', ['download', '-qq', '-o', 'APT::Sandbox::User=root', ...packages], {
      cwd: draft,
      stdio: 'ignore',
    });
    if (fetched.status !== 0) return false;
    const files = readdirSync(draft).filter((file) => file.endsWith('.deb'));
    const tree = path.join(draft, 'tree');
    if (!files.every((file) => spawnSync('dpkg-deb', ['-x', path.join(draft, file), tree]).status === 0)) return false;
    renameSync(tree, path.join(folder, name));
    return true;
  } finally {
    rmSync(draft, { recursive: true, force: true });
  }
}
