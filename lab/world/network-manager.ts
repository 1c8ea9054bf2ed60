// The real NetworkManager on the device, with its bus, its settings and its run directory to itself. It is unpacked, not
// installed (scripts/unpack.mjs): it would look after this machine's network else.
import { unpackedPlace } from './places.js';
import { busConfiguration } from './firewalld.js';
import type { DaemonStep } from './steps.js';
import { ADDRESS } from './topology.js';

/** Its configuration: nothing but what a test gives it, and nobody outside is asked. */
export const settings = `[main]
plugins=keyfile
dhcp=internal
auth-polkit=false
no-auto-default=*
rc-manager=file
[connectivity]
enabled=false
`;

/** One of its connections: what its file holds behind `id` and `uuid`. */
export interface Connection {
  readonly name: string;
  readonly uuid: string;
  readonly content: string;
}

/** The cable: all that eth0 has is NetworkManager's then. `more` are further lines of [ipv4]. */
export function cable({
  resolver = ADDRESS.resolver,
  more = '',
}: { resolver?: string; more?: string } = {}): Connection {
  return {
    name: 'home',
    uuid: '11111111-2222-4333-8444-555555555555',
    content: `type=ethernet\ninterface-name=eth0\n\n[ipv4]\nmethod=manual\naddress1=192.168.7.20/24,192.168.7.1\ndns=${resolver};\n${more}\n[ipv6]\nmethod=manual\naddress1=2001:db8:7::20/64,2001:db8:7::1\naddr-gen-mode=0\n`,
  };
}

/** Its connections are up one after the other, in this order; then the device has the resolv.conf that it wrote. */
export function networkManager(connections: readonly Connection[]): DaemonStep {
  const files = Object.fromEntries(
    connections.map(({ name, uuid, content }) => [
      `{dir}/etc/NetworkManager/system-connections/${name}.nmconnection`,
      `[connection]\nid=${name}\nuuid=${uuid}\nautoconnect=false\n${content}`,
    ]),
  );
  return {
    do: 'daemon',
    on: 'device',
    files: {
      ...files,
      '{dir}/etc/NetworkManager/NetworkManager.conf': settings,
      '{dir}/bus.conf': busConfiguration('/run/dbus/system_bus_socket'),
      '{world}/usr': layers(),
      '{world}/run/dbus/README': 'the bus of this device\n',
      '{world}/run/NetworkManager/README': 'of this device\n',
    },
    line: ['unshare', '-m', 'bash', '-c', start, '{dir}', '{world}/run', '{etc}/resolv.conf', layers(), ...connections.map(({ uuid }) => uuid)], // prettier-ignore
    leaves: true,
    ready: { says: 'ready' },
  };
}

/** Its programs and libraries, above this machine's own. */
function layers(): string {
  const places = (['NetworkManager-openvpn', 'NetworkManager'] as const).map(unpackedPlace);
  return places.map((place) => `${place ?? ''}/usr`).join(':');
}

/** The shell's text is fixed. Its plugins leave its family. Without a writable /sys it believes that there is no udev, as in a container. */
const start = `set -e
cd "$0"
mkdir -p work var/NetworkManager pids
chmod 600 etc/NetworkManager/system-connections/*
exec 9>"$2"
mount -t overlay lab -o "lowerdir=$3:/usr" /usr
mount -t overlay lab -o "lowerdir=/etc,upperdir=$0/etc,workdir=$0/work" /etc
mount --bind "$1" /run
mount --bind var /var/lib
mount -t sysfs -o ro sysfs /sys
rm -f /etc/resolv.conf
for family in -4 -6; do ip $family addr flush dev eth0 scope global; ip $family route flush table main proto boot; done
dbus-daemon --config-file="$0/bus.conf" --nofork --nopidfile >bus.log 2>&1 &
until [ -S /run/dbus/system_bus_socket ]; do sleep 0.05; done
NM_OPENVPN_USER=nobody NM_OPENVPN_GROUP=nogroup NM_OPENVPN_CHROOT= NetworkManager --debug >manager.log 2>&1 &
for i in $(seq 200); do nmcli -t general status >/dev/null 2>&1 && break; sleep 0.1; done
shift 3
for uuid; do nmcli connection up uuid "$uuid" || { tail -n 20 manager.log; exit 1; }; done
cat /etc/resolv.conf >&9
own=$(readlink /proc/self/ns/net)
for process in /proc/[0-9]*; do
  [ "$(readlink $process/ns/net)" != "$own" ] || ! grep -qE '^(nm-)?openvpn' $process/comm || echo \${process#/proc/} >pids/\${process#/proc/}
done
echo ready
wait`;
