// The real Podman on the device: an image out of a folder, its networks, its containers and its interface.
import type { DaemonStep } from './steps.js';

export interface PodmanContainer {
  readonly name: string;
  /** `none`, or the name of a network that is made for it. */
  readonly network: string;
  /** The network leads to nobody but its own containers. */
  readonly internal?: true;
  /** Options of `podman run`. */
  readonly options?: readonly string[];
  /** What runs in it; for ever when left out. */
  readonly script?: string;
}

/** Where the command finds its interface. */
export const podmanEnvironment = { DOCKER_HOST: 'unix://{world}/podman.sock' };

/** Containers start in this order. Nothing of it is to be seen outside of its own mount namespace but processes and links. */
export function podman(containers: readonly PodmanContainer[]): DaemonStep {
  const networks = [...new Set(containers.map(({ network }) => network))].filter((network) => network !== 'none');
  const internal = new Set(containers.flatMap((one) => (one.internal ? [one.network] : [])));
  const lines = [
    ...networks.map((network) => `podman network create ${internal.has(network) ? '--internal ' : ''}${network}`),
    ...containers.map(
      ({ name, network, options = [], script = 'exec sleep 300' }) =>
        `podman run -d --name ${name} --pidfile $PWD/pids/${name} --conmon-pidfile $PWD/pids/${name}.conmon --network ${network} ${usual} ${options.join(' ')} localhost/lab/tiny sh -c '${script}'`,
    ),
  ];
  return {
    do: 'daemon',
    on: 'device',
    files: { '{dir}/containers.sh': `${lines.join(' &&\n')}\n` },
    line: ['unshare', '-m', 'sh', '-c', start, '{dir}', '{world}/podman.sock', '{etc}/resolv.conf'],
    leaves: true,
    ready: { says: 'ready' },
  };
}

/**
 * The same by the user of the lab, without root: a network of its own for each container, which slirp4netns joins to the
 * device's. Only that user finds its interface trustworthy.
 */
export function rootlessPodman(
  containers: readonly (Omit<PodmanContainer, 'network' | 'internal'> & { readonly network?: 'none' })[],
): DaemonStep {
  const lines = containers.map(
    ({ name, network = 'slirp4netns', options = [], script = 'exec sleep 300' }) =>
      `podman run -d --name ${name} --pidfile $PWD/pids/${name} --network ${network} --cgroups=disabled ${options.join(' ')} localhost/lab/tiny sh -c '${script}'`,
  );
  return {
    do: 'daemon',
    on: 'device',
    files: {
      '{dir}/containers.sh': `${lines.join(' &&\n')}\n`,
      '{dir}/own.sh': `${image}podman system service --time 0 "unix://$1" &\nwait\n`,
    },
    line: ['unshare', '-m', 'sh', '-c', startRootless, '{dir}', '{world}/rootless/podman.sock'],
    leaves: true,
    ready: { says: 'ready' },
  };
}

/** Where the command finds the interface of {@link rootlessPodman}. */
export const rootlessEnvironment = { DOCKER_HOST: 'unix://{world}/rootless/podman.sock' };

/** Its usual limits want rights that a container of ours may not have, and control groups of their own need systemd. */
const usual = '--cgroups=disabled --ulimit nofile=1024:1024 --ulimit nproc=100:100';

/** The image has no more than a shell and what it is linked with. */
const image = `mkdir -p pids image/bin image/etc image/tmp; cp /bin/sh image/bin/sh; cp /bin/sleep image/bin/
for library in $(ldd /bin/sh /bin/sleep | grep -o '/[^ :]*' | grep -v /bin/ | sort -u); do
  mkdir -p "image/$(dirname "$library")"; cp -L "$library" "image$library"
done
tar -C image -cf image.tar . && podman import -q image.tar localhost/lab/tiny >/dev/null && . ./containers.sh || exit 1
`;

/** The shell's text is fixed; podman takes no run root of more than 50 characters. */
const start = `cd "$0" || exit 1
for place in /etc/cni/net.d /var/lib/cni /run/netns /var/lib/containers; do mkdir -p "$place" && mount -t tmpfs none "$place"; done
[ -d /sys/fs/cgroup/unified ] && mount --bind /sys/fs/cgroup/unified /sys/fs/cgroup
mount --bind "$2" /etc/resolv.conf
podman() { command podman --root "$PWD/root" --runroot /var/lib/containers/run --storage-driver vfs --cgroup-manager cgroupfs --events-backend file --log-level error "$@"; }
${image}podman system service --time 0 "unix://$1" &
until [ -S "$1" ]; do sleep 0.05; done
chmod 666 "$1"; echo ready; wait`;

/**
 * The same. Which of its programs leave its family is told by their names, in this network. udev lets each user open
 * /dev/net/tun (50-udev-default.rules); a machine without udev has it for root alone.
 */
const startRootless = `cd "$0" || exit 1
mkdir dev && mount -t tmpfs -o mode=755 none dev && mknod -m 666 dev/tun c 10 200 && chmod 666 dev/tun && mount --bind dev/tun /dev/net/tun || exit 1
[ -d /sys/fs/cgroup/unified ] && mount --bind /sys/fs/cgroup/unified /sys/fs/cgroup
mkdir -p home pids /var/lib/containers "$(dirname "$1")"; mount -t tmpfs none /var/lib/containers
mkdir /var/lib/containers/run; chown -R nobody: . /var/lib/containers "$(dirname "$1")"
cat >as-user.sh <<'end'
export HOME="$PWD/home" XDG_RUNTIME_DIR=/var/lib/containers/run
podman() { command podman --root "$HOME/root" --runroot /var/lib/containers/run/c --storage-driver vfs --storage-opt vfs.ignore_chown_errors=true --cgroup-manager cgroupfs --events-backend file --log-level fatal "$@"; }
. ./own.sh
end
setpriv --reuid nobody --regid nogroup --clear-groups --pdeathsig KILL sh -c '. ./as-user.sh' sh "$1" &
until [ -S "$1" ]; do sleep 0.05; kill -0 $! 2>/dev/null || exit 1; done
own=$(readlink /proc/self/ns/net)
for process in /proc/[0-9]*; do
  [ "$(readlink $process/ns/net)" = "$own" ] && grep -qE '^(podman|conmon|slirp4netns|rootlessport)' $process/comm || continue
  grep -q '^PPid:.1$' $process/status && echo \${process#/proc/} >pids/\${process#/proc/}
done
echo ready; wait`;
