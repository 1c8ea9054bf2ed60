// What a common distribution has below /etc/ssl, plus the lab's own root, bound over the device's /etc/ssl: reading a
// bundle of some 140 certificates is a part of what the command and curl really do.
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { rootCertificates } from 'node:tls';
import path from 'node:path';
import { deviceDirectory } from '../lab/world/device-files.js';

const bundle = '/etc/ssl/certs/ca-certificates.crt';

export function writeDeviceTrust(namespace: string, trustedRoot: string): void {
  const directory = path.join(deviceDirectory(namespace), 'ssl', 'certs');
  mkdirSync(directory, { recursive: true, mode: 0o755 });
  const usual = existsSync(bundle) ? readFileSync(bundle, 'utf8') : `${rootCertificates.join('\n')}\n`;
  writeFileSync(path.join(directory, path.basename(bundle)), `${usual}${readFileSync(trustedRoot, 'utf8')}`, {
    mode: 0o644,
  });
}
