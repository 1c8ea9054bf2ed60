import type { BootLoaded } from '../../firewall/boot-loaded.js';
import type { BootLoader } from '../../model/service-operations.js';
import type { System } from '../../model/system.js';

const mostBytes = 4 * 1024 * 1024;
/** Where `systemctl enable` puts its link: Debian's and Arch's, Fedora's. */
const targets = ['sysinit.target.wants', 'multi-user.target.wants'];

const files: readonly { readonly by: BootLoader; readonly family: 'ip' | 'ip6' | null; readonly path: string }[] = [
  { by: 'nftables', family: null, path: '/etc/nftables.conf' },
  { by: 'netfilter-persistent', family: 'ip', path: '/etc/iptables/rules.v4' },
  { by: 'netfilter-persistent', family: 'ip6', path: '/etc/iptables/rules.v6' },
];

/** The files that services load when this computer starts, of those services that are switched on. */
export async function bootLoaded(system: System): Promise<readonly BootLoaded[]> {
  const found = await Promise.all(
    files.map(async ({ by, family, path }): Promise<BootLoaded[]> => {
      const links = targets.map((target) => system.files.exists(`/etc/systemd/system/${target}/${by}.service`));
      if (!(await Promise.all(links)).includes(true)) return [];
      const read = await system.files.read(path, mostBytes);
      return read.ok && !read.truncated ? [{ by, family, text: Buffer.from(read.bytes).toString('utf8') }] : [];
    }),
  );
  return found.flat();
}
