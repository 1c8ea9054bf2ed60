// A clock that is wrong for the command alone (libfaketime), and fakes of the programs that would set the real one: they set
// right what the command sees. This machine's own clock is never touched.
import { mkdirSync, writeFileSync } from 'node:fs';
import { SETTINGS } from '../world/internet.js';
import { clockOffBy } from '../world/clock.js';
import { writeEtc, type Device } from './device.js';

export const wrongClock = clockOffBy('/run/fake-clock');

const timedatectl = `#!/bin/sh
ntp=/run/fake-ntp
case "$*" in
  'show --property=CanNTP,NTP') printf 'CanNTP=yes\\nNTP=%s\\n' "$(cat $ntp)" ;;
  'show --property=NTP --value') cat $ntp ;;
  'show --property=NTPSynchronized --value') cat $ntp ;;
  'set-ntp true') echo yes > $ntp; echo +0 > /run/fake-clock ;;
  'set-ntp false') echo no > $ntp ;;
  *) exit 1 ;;
esac
`;

const chronyc = `#!/bin/sh
case "$*" in
  '-n tracking') printf 'Reference ID    : C0000235 (192.0.2.53)\\nStratum         : 3\\n' ;;
  makestep) echo +0 > /run/fake-clock; echo '200 OK' ;;
  *) exit 1 ;;
esac
`;

export function setClockWrong(device: Device, by: 'timedatectl' | 'chronyc'): void {
  mkdirSync(device.etc('whoblocked'), { recursive: true });
  writeEtc(device, 'whoblocked/config.json', JSON.stringify(SETTINGS));
  const { directory } = device;
  writeFileSync(`${directory}/run/fake-clock`, '+400d\n');
  writeFileSync(`${directory}/run/fake-ntp`, 'no\n');
  device.fake('timedatectl', by === 'timedatectl' ? timedatectl : '#!/bin/sh\nexit 1\n');
  device.fake('chronyc', by === 'chronyc' ? chronyc : '#!/bin/sh\nexit 1\n');
}
