// The real firewalld, with its settings, its run directory and its bus to itself. It is ended once its rules are loaded:
// they stay, as after a crash of it on any computer, and no process is left in the world.
import { cpSync, existsSync, mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { must } from './process.js';
import type { Machine } from './topology.js';
import type { World } from './world.js';

export const busConfiguration = (
  socket: string,
): string => `<!DOCTYPE busconfig PUBLIC "-//freedesktop//DTD D-Bus Bus Configuration 1.0//EN" "http://www.freedesktop.org/standards/dbus/1.0/busconfig.dtd">
<busconfig><type>system</type><listen>unix:path=${socket}</listen><auth>EXTERNAL</auth>
<policy context="default"><allow user="*"/><allow own="*"/><allow send_type="method_call"/><allow send_type="signal"/>
<allow send_requested_reply="true" send_type="method_return"/><allow send_requested_reply="true" send_type="error"/>
<allow receive_type="method_call"/><allow receive_type="signal"/><allow receive_type="method_return"/><allow receive_type="error"/></policy></busconfig>
`;

/** $1 is the directory; what follows are the words of one firewall-cmd a line, on standard input. */
const SCRIPT = `set -eu
mount --bind "$1/etc" /etc/firewalld
mkdir -p /run/firewalld
mount -t tmpfs none /run/firewalld
export DBUS_SYSTEM_BUS_ADDRESS="unix:path=$1/bus"
dbus-daemon --config-file="$1/bus.conf" --nofork --nopidfile >"$1/bus.log" 2>&1 &
bus=$!
for i in $(seq 100); do [ -S "$1/bus" ] && break; sleep 0.05; done
firewalld --nofork --nopid --log-file "$1/firewalld.log" >"$1/out" 2>&1 &
daemon=$!
trap 'kill -9 $daemon $bus 2>/dev/null || true' EXIT
for i in $(seq 150); do [ "$(firewall-cmd --state 2>/dev/null)" = running ] && break; sleep 0.1; done
while read -r line; do [ -z "$line" ] || eval "firewall-cmd -q $line"; done
`;

export async function applyFirewalld(world: World, on: Machine, commands: readonly string[]): Promise<void> {
  const directory = path.join(world.state, `firewalld-${on}`);
  mkdirSync(directory, { recursive: true, mode: 0o755 });
  if (!existsSync(path.join(directory, 'etc')))
    cpSync('/etc/firewalld', path.join(directory, 'etc'), { recursive: true });
  writeFileSync(path.join(directory, 'bus.conf'), busConfiguration(path.join(directory, 'bus')));
  const [enter, entered] = world.inside(
    on,
    'unshare',
    '-m',
    '--propagation',
    'private',
    'bash',
    '-c',
    SCRIPT,
    '-',
    directory,
  );
  await must(enter, entered, { input: `${commands.join('\n')}\n`, timeoutMs: 60_000 });
}
