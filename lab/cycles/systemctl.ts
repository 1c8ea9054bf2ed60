// systemctl as a fake, for systemd is not the first process here: it keeps each unit's state in a file, and starts and ends
// the real program that stands behind it.
import { writeFileSync } from 'node:fs';
import type { Device } from './device.js';

const systemctl = `#!/usr/bin/python3 -IS
import json, os, signal, subprocess, sys, time
FILE = '/run/fake-systemd.json'
words = [word for word in sys.argv[1:] if word not in ('--', '--no-pager')]
units = json.load(open(FILE))
verb, names = words[0], [word for word in words[1:] if not word.startswith('--')]
def alive(unit):
    try:
        return 'active' if open('/proc/%d/stat' % unit['pid']).read().split(') ')[1][0] != 'Z' else 'inactive'
    except (OSError, KeyError, TypeError):
        return unit.get('idle', 'inactive')
def ready(unit):
    for _ in range(200):
        if subprocess.run(unit['ready'], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL).returncode == 0: return
        time.sleep(0.05)
for name in names:
    if name not in units:
        sys.exit('Unit %s could not be found.' % name)
    unit = units[name]
    if verb == 'show':
        print('Id=%s\\nLoadState=loaded\\nActiveState=%s\\nUnitFileState=%s\\n' % (name, alive(unit), unit['file']))
    elif verb == 'start' and alive(unit) != 'active':
        if unit['file'] == 'masked': sys.exit('Failed to start %s: Unit is masked.' % name)
        if 'stop' in unit:
            subprocess.run(unit['start'], check=True)
            unit['idle'] = 'active'
            continue
        unit['pid'] = subprocess.Popen(unit['start'], start_new_session=True, stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL).pid
        ready(unit)
    elif verb == 'stop' and 'stop' in unit:
        if alive(unit) == 'active' and unit['file'] != 'masked' and unit['stop']: subprocess.run(unit['stop'], check=True)
        unit['idle'] = 'inactive'
    elif verb == 'stop' and alive(unit) == 'active':
        os.kill(unit['pid'], signal.SIGTERM)
        while alive(unit) == 'active': time.sleep(0.05)
        unit['pid'] = None
    elif verb == 'mask':
        unit['was'], unit['file'] = unit['file'], 'masked'
    elif verb == 'unmask':
        unit['file'] = unit.pop('was', unit['file'])
json.dump(units, open(FILE, 'w'))
`;

export interface FakeUnit {
  file: 'enabled' | 'disabled';
  /** What it runs. */
  start: readonly string[];
  /** Ends with 0 as soon as it serves. */
  ready: readonly string[];
  /** Of the one that runs already. */
  pid?: number;
  /** What systemd says while it does not run. */
  idle?: 'inactive' | 'failed' | 'active';
  /**
   * Of one that does its work and ends (Type=oneshot, RemainAfterExit=yes): what it does when it is stopped. A masked unit has
   * no such orders any more (systemd.unit(5): it is a link to /dev/null).
   */
  stop?: readonly string[];
}

export function fakeSystemd(device: Device, units: Readonly<Record<string, FakeUnit>>): void {
  device.fake('systemctl', systemctl);
  writeFileSync(`${device.directory}/run/fake-systemd.json`, JSON.stringify(units));
}
