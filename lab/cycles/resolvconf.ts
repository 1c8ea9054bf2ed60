// The real programs named resolvconf, of Debian's two packages: unpacked, for one of them installed would write this
// machine's own resolv.conf. Scripts both; only the folder of their parts is another one.
import { cpSync, existsSync, mkdirSync, readFileSync, readdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { unpackedPlace } from '../world/places.js';
import type { Device } from './device.js';

/** What the network named for eth0 is in its records, and resolv.conf is written from them. */
export async function startResolvconf(
  device: Device,
  which: 'openresolv' | 'resolvconf',
  server: string,
): Promise<void> {
  const root = unpackedPlace(which) ?? '';
  const parts = `${device.directory}/run/resolvconf-parts`;
  cpSync(path.join(root, 'lib/resolvconf'), parts, { recursive: true });
  const moved = (text: string): string =>
    text
      .replaceAll('/lib/resolvconf', '/run/resolvconf-parts')
      .replaceAll('PATH=/sbin:', 'PATH=/usr/local/sbin:/sbin:');
  for (const name of readdirSync(parts, { recursive: true, encoding: 'utf8' })) moveIn(path.join(parts, name), moved);
  device.fake('resolvconf', moved(readFileSync(path.join(root, 'sbin/resolvconf'), 'utf8')));
  if (which === 'openresolv')
    cpSync(path.join(root, 'etc/resolvconf.conf'), device.etc('resolvconf.conf'), { preserveTimestamps: true });
  else {
    cpSync(path.join(root, 'etc/resolvconf'), device.etc('resolvconf'), { recursive: true });
    moveIn(device.etc('resolvconf/update.d/libc'), moved);
    mkdirSync(`${device.directory}/run/resolvconf/interface`, { recursive: true });
    rmSync(device.etc('resolv.conf'));
    symlinkSync('/run/resolvconf/resolv.conf', device.etc('resolv.conf'));
    await device.must('resolvconf --enable-updates');
  }
  await device.must(
    'resolvconf -a eth0.dhclient',
    `nameserver ${server}\nsearch example.net\noptions timeout:1 attempts:1\n`,
  );
}

function moveIn(file: string, moved: (text: string) => string): void {
  if (!existsSync(file)) return;
  try {
    writeFileSync(file, moved(readFileSync(file, 'utf8')));
  } catch {
    // a folder
  }
}
