// A real web shield on the device of a cycle: Squid that looks into connections, c-icap with virus_scan, clamd.
import { mkdirSync } from 'node:fs';
import { icapModules } from '../world/places.js';
import { icapProgram, icapSettings, shieldAuthority, squidSettings } from '../world/shields.js';
import { type Device, writeEtc } from './device.js';
import { startClamd } from './scanner.js';

const own = '/run/shield';

/** As the lab's worlds have it, with its files where a distribution puts them. Ports: of pages in the clear, of encrypted ones. */
export async function startShield(device: Device, scans: boolean, plain: number, encrypted: number): Promise<void> {
  const filled = (lines: readonly string[], dir: string): string =>
    `${lines.join('\n')}\n`
      .replaceAll('{world}/clamd.sock', '/run/clamd.sock')
      .replaceAll('{world}/shield', own)
      .replaceAll('{dir}', dir)
      .replaceAll('{world}', own)
      .replaceAll('{c-icap}', icapModules() ?? '');
  await device.must(`install -d -o proxy -g proxy ${own}`);
  await device.words('openssl', ...shieldAuthority.slice(1).map((word) => word.replace('{world}/shield', own)));
  await device.words('sh', '-c', 'cat ca.pem ca.key > both.pem && chmod 644 *'.replaceAll(/(\w+\.\w+)/g, `${own}/$1`).replace('*', `${own}/both.pem ${own}/ca.pem`)); // prettier-ignore
  await device.words('setpriv', '--reuid=proxy', '--regid=proxy', '--clear-groups', '/usr/lib/squid/security_file_certgen', '-c', '-s', `${own}/certificates`, '-M', '4MB'); // prettier-ignore
  for (const folder of ['squid', 'c-icap']) mkdirSync(device.etc(folder), { recursive: true });
  if (scans) {
    await startClamd(device);
    await device.must('mkdir -p /run/icap');
    writeEtc(device, 'c-icap/c-icap.conf', filled(icapSettings, '/run/icap'));
    const [enter, ...words] = icapProgram;
    device.start(enter, [...words, '-N', '-f', '/etc/c-icap/c-icap.conf']);
  }
  writeEtc(device, 'squid/squid.conf', filled(squidSettings(scans, true), own));
  device.start('squid', ['-N', '-f', '/etc/squid/squid.conf']);
  await device.words('bash', '-c', 'for i in $(seq 200); do ss -Hltn | grep -q :3130 && squid -k check && exit 0; sleep 0.1; done; exit 1'); // prettier-ignore
  await device.nft(`table inet shield { chain out { type nat hook output priority -100; policy accept;
    meta skuid != "proxy" oifname "eth0" tcp dport ${plain} redirect to :3129
    meta skuid != "proxy" oifname "eth0" tcp dport ${encrypted} redirect to :3130
  }
  }\n`);
}
