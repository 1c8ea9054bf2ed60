// A fake of pkexec, named as such: no polkit runs here. What it does to the program is the real one's, pkexec(1).
import { mkdirSync } from 'node:fs';
import { type Device, writeEtc } from './device.js';

/** Only by way of the fake: whoever calls sudo itself is refused. */
const sudoers = 'Defaults env_keep += "LAB_FAULT"\nnobody ALL=(root) NOPASSWD: /usr/bin/env\n';

/**
 * As the real one does: nothing of the caller's environment but its language, PATH and HOME of root, PKEXEC_UID, and root's
 * home as the working directory. Which fault is to come it hands on, as it must here.
 */
export const fakePkexec = `#!/bin/sh
exec /usr/bin/sudo -n -- /usr/bin/env -i -C /root PATH=/usr/sbin:/usr/bin:/sbin:/bin:/root/bin HOME=/root LOGNAME=root USER=root SHELL=/bin/bash \\
  "PKEXEC_UID=$(id -u)" \${LAB_FAULT:+"LAB_FAULT=$LAB_FAULT"} "$@"
`;

/** Programs of /usr/bin, with the fake among them, for this device alone. */
export async function withPkexec(device: Device): Promise<void> {
  mkdirSync(device.etc('sudoers.d'), { recursive: true });
  writeEtc(device, 'sudoers.d/lab', sudoers, 0o440);
  await device.must('mkdir -p /run/nobody /run/usr-bin');
  await device.must('chown 65534:65534 /run/nobody');
  await device.must('mount -t tmpfs lab /run/usr-bin');
  await device.must('mkdir /run/usr-bin/upper /run/usr-bin/work');
  const layers = 'lowerdir=/usr/bin,upperdir=/run/usr-bin/upper,workdir=/run/usr-bin/work';
  await device.must(`mount -t overlay lab -o ${layers} /usr/bin`);
  await device.must('tee /usr/bin/pkexec', fakePkexec);
  await device.must('chmod 755 /usr/bin/pkexec');
}

export async function withoutPkexec(device: Device): Promise<void> {
  // Who still ends runs a program out of it.
  for (const place of ['/usr/bin', '/run/usr-bin']) await device.run(['umount', '--lazy', place]);
}
