// Installs what the project needs, when it is missing: npm packages, and for the tests Debian's.
import { spawnSync } from 'node:child_process';
import { existsSync, rmSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const root = path.dirname(path.dirname(fileURLToPath(import.meta.url)));
const at = (...parts) => path.join(root, ...parts);

/** npm leaves a copy of the lock file in node_modules: it is stale when the lock file is newer. */
function npmPackagesAreThere() {
  const [lock, installed] = [at('package-lock.json'), at('node_modules/.package-lock.json')];
  if (!existsSync(installed)) return false;
  return !existsSync(lock) || statSync(lock).mtimeMs <= statSync(installed).mtimeMs;
}

/** Nothing of it goes to stdout: that belongs to the report. Ends the process where it fails. */
export function installNpmPackages() {
  if (npmPackagesAreThere()) return false;
  process.stderr.write('whoblocked: installing npm packages, once …\n');
  // Under `npm start` npm names its own file; a plain `node scripts/start.mjs` finds it on the PATH.
  const npm = process.env.npm_execpath;
  const [program, first] = npm?.endsWith('.js') ? [process.execPath, [npm]] : ['npm', []];
  const args = [...first, 'ci', '--include=dev', '--no-audit', '--no-fund', '--loglevel=error'];
  const { status, error } = spawnSync(program, args, { cwd: root, stdio: ['ignore', 2, 2] });
  if (status === 0) return true;
  process.stderr.write(
    `whoblocked: npm ci failed${error ? ` (${error.message})` : ''}; is the npm registry reachable?\n`,
  );
  process.exit(70);
}

const debianPackages = [
  'strace', 'wireguard-go', 'wireguard-tools', 'openvpn', 'nftables', 'iptables', 'ipset', 'iproute2', 'dnsmasq-base', 'isc-dhcp-client', 'unbound', 'bind9-utils', 'nscd', 'openssl', 'sudo', 'ufw', 'conntrack', 'curl', 'dnsutils',
  'iputils-ping', 'traceroute', 'firewalld', 'fail2ban', 'dbus', 'postgresql', 'redis-server', 'nginx', 'openssh-server', 'nats-server', 'libfaketime', 'chromium',
  'clamav', 'clamav-daemon', 'clamdscan', 'squid-openssl', 'c-icap', 'libc-icap-mod-virus-scan', 'mitmproxy', 'flatpak', 'opensnitch', 'podman', 'slirp4netns', 'uidmap', 'libnss3-tools',
]; // prettier-ignore

const quiet = { stdio: ['ignore', 'ignore', 'ignore'], env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' } };

/** Whether it is installed, or provided by one that is (dnsutils is only a name for another one by now). */
function isInstalled(name) {
  const { stdout } = spawnSync('dpkg-query', ['-W', '-f', '${db:Status-Status}', name], { encoding: 'utf8' });
  return stdout === 'installed';
}

/** Names of the Debian packages that stay missing, and why. Installs only as root on Debian and its relatives. */
export function installDebianPackages() {
  if (!existsSync('/etc/debian_version')) return { missing: debianPackages, why: 'not Debian' };
  const missing = debianPackages.filter((name) => !isInstalled(name));
  if (missing.length === 0) return { missing, why: '' };
  if (process.geteuid?.() !== 0) return { missing, why: 'not root' };
  process.stdout.write(`installing Debian packages: ${missing.join(' ')}\n`);
  withoutStartingServices(() => {
    spawnSync('apt-get', ['update', '-qq'], quiet);
    spawnSync('apt-get', ['install', '-y', '-qq', '--no-install-recommends', ...missing], quiet);
  });
  const left = missing.filter((name) => !isInstalled(name));
  return { missing: left, why: left.length === 0 ? '' : 'apt-get could not install them' };
}

/** The lab starts its own resolvers in its own namespaces: this machine must not get one (invoke-rc.d, policy-rc.d). */
function withoutStartingServices(work) {
  const policy = '/usr/sbin/policy-rc.d';
  if (existsSync(policy)) return work();
  writeFileSync(policy, '#!/bin/sh\nexit 101\n', { mode: 0o755 });
  try {
    work();
  } finally {
    rmSync(policy, { force: true });
  }
}
