import type { BootLoaded } from '../../firewall/boot-loaded.js';
import { bootRuleFiles } from '../../model/boot-rule-files.js';
import { bootLoaders } from '../../model/service-operations.js';
import type { System } from '../../model/system.js';

const mostBytes = 4 * 1024 * 1024;
/** Where `systemctl enable` puts its link: of Debian's nftables, of most, of iptables-services in RHEL 7. */
const targets = ['sysinit.target.wants', 'multi-user.target.wants', 'basic.target.wants'];

/** The files that services load when this computer starts, of those services that are switched on. */
export async function bootLoaded(system: System): Promise<readonly BootLoaded[]> {
  const found = await Promise.all(
    bootRuleFiles.map(async ({ file, holds, unit }): Promise<BootLoaded[]> => {
      const by = bootLoaders.find((one) => one === unit);
      if (by === undefined || !(await isSwitchedOn(unit, system))) return [];
      const read = await system.files.read(`/etc/${file}`, mostBytes);
      const family = holds === 'nft' ? null : holds === 4 ? 'ip' : 'ip6';
      return read.ok && !read.truncated ? [{ by, family, text: Buffer.from(read.bytes).toString('utf8') }] : [];
    }),
  );
  return found.flat();
}

/** systemd starts it with the computer. */
export async function isSwitchedOn(unit: string, { files }: Pick<System, 'files'>): Promise<boolean> {
  const links = targets.map((target) => files.exists(`/etc/systemd/system/${target}/${unit}.service`));
  return (await Promise.all(links)).includes(true);
}
