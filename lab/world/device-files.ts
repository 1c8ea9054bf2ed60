// Files of the device that `ip netns exec` binds over /etc for whatever runs there.
import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { ADDRESS } from './topology.js';

export interface DeviceFiles {
  resolvConf?: string;
  hosts?: string;
  nsswitch?: string;
  /** /etc/environment, which every Debian has: what is bound over it must be there. */
  environment?: string;
  /** Files of /etc/profile.d; those of the machine are not seen then. */
  profile?: Readonly<Record<string, string>>;
  /** Files of /etc/xdg, the desktop's settings for everybody; those of the machine are not seen then. */
  xdg?: Readonly<Record<string, string>>;
}

export const USUAL_RESOLV_CONF = `# written by the router's DHCP\nnameserver ${ADDRESS.resolver}\n`;
export const USUAL_HOSTS = '127.0.0.1\tlocalhost\n::1\tlocalhost ip6-localhost ip6-loopback\n192.168.7.20\tdevice\n';
const USUAL_NSSWITCH = 'passwd: files\ngroup: files\nhosts: files dns\nservices: files\nprotocols: files\n';

export function deviceDirectory(namespace: string): string {
  return path.join('/etc/netns', namespace);
}

export function writeDeviceFiles(namespace: string, files: DeviceFiles): void {
  const directory = deviceDirectory(namespace);
  mkdirSync(directory, { recursive: true, mode: 0o755 });
  const write = (name: string, content: string): void =>
    writeFileSync(path.join(directory, name), content, { mode: 0o644 });
  write('resolv.conf', files.resolvConf ?? USUAL_RESOLV_CONF);
  write('hosts', files.hosts ?? USUAL_HOSTS);
  write('nsswitch.conf', files.nsswitch ?? USUAL_NSSWITCH);
  if (files.environment !== undefined) write('environment', files.environment);
  for (const [folder, contents] of Object.entries({ 'profile.d': files.profile, xdg: files.xdg })) {
    if (contents === undefined) continue;
    mkdirSync(path.join(directory, folder), { mode: 0o755 });
    for (const [name, content] of Object.entries(contents)) write(`${folder}/${name}`, content);
  }
}
