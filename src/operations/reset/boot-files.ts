import type { Hands } from '../operation-kind.js';

export interface BootFiles {
  readonly nft: string | null;
  readonly iptables: readonly { readonly family: 4 | 6; readonly file: string }[];
}

/** Debian and Arch, then Fedora and its kin (nftables.service of each). */
const nftFiles = ['/etc/nftables.conf', '/etc/sysconfig/nftables.conf'];
/** netfilter-persistent, Arch's iptables.service, iptables-services of Fedora. */
const iptablesFiles = [
  { family: 4, files: ['/etc/iptables/rules.v4', '/etc/iptables/iptables.rules', '/etc/sysconfig/iptables'] },
  { family: 6, files: ['/etc/iptables/rules.v6', '/etc/iptables/ip6tables.rules', '/etc/sysconfig/ip6tables'] },
] as const;

/** What is loaded when this computer starts, where each distribution keeps it. */
export async function bootFiles(hands: Pick<Hands, 'disk'>): Promise<BootFiles> {
  const iptables: { family: 4 | 6; file: string }[] = [];
  for (const { family, files } of iptablesFiles) {
    const file = await firstOf(files, hands);
    if (file !== null) iptables.push({ family, file });
  }
  return { nft: await firstOf(nftFiles, hands), iptables };
}

async function firstOf(files: readonly string[], { disk }: Pick<Hands, 'disk'>): Promise<string | null> {
  for (const file of files) if ((await disk.read(file, 64 * 1024 * 1024)) !== null) return file;
  return null;
}
