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

/** Its usual limits want rights that a container of ours may not have, and control groups of their own need systemd. */
const usual = '--cgroups=disabled --ulimit nofile=1024:1024 --ulimit nproc=100:100';

/** The shell's text is fixed; podman takes no run root of more than 50 characters. The image has no more than a shell and what it is linked with. */
const start = `cd "$0" || exit 1
for place in /etc/cni/net.d /var/lib/cni /run/netns /var/lib/containers; do mkdir -p "$place" && mount -t tmpfs none "$place"; done
[ -d /sys/fs/cgroup/unified ] && mount --bind /sys/fs/cgroup/unified /sys/fs/cgroup
mount --bind "$2" /etc/resolv.conf
podman() { command podman --root "$PWD/root" --runroot /var/lib/containers/run --storage-driver vfs --cgroup-manager cgroupfs --events-backend file --log-level error "$@"; }
mkdir -p pids image/bin image/etc image/tmp; cp /bin/sh image/bin/sh; cp /bin/sleep image/bin/
for library in $(ldd /bin/sh /bin/sleep | grep -o '/[^ :]*' | grep -v /bin/ | sort -u); do
  mkdir -p "image/$(dirname "$library")"; cp -L "$library" "image$library"
done
tar -C image -cf image.tar . && podman import -q image.tar localhost/lab/tiny >/dev/null && . ./containers.sh || exit 1
podman system service --time 0 "unix://$1" &
until [ -S "$1" ]; do sleep 0.05; done
chmod 666 "$1"; echo ready; wait`;
