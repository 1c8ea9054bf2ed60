import { type BootRuleFile, bootRuleFiles } from '../../model/boot-rule-files.js';
import type { Hands } from '../operation-kind.js';

export interface BootFiles {
  readonly nft: string | null;
  readonly iptables: readonly { readonly family: 4 | 6; readonly file: string }[];
}

const mostBytes = 64 * 1024 * 1024;

/** What is loaded when this computer starts, where each distribution keeps it. */
export async function bootFiles(hands: Pick<Hands, 'disk'>): Promise<BootFiles> {
  const iptables: { family: 4 | 6; file: string }[] = [];
  for (const family of [4, 6] as const) {
    const file = await firstOf(family, hands);
    if (file !== null) iptables.push({ family, file });
  }
  return { nft: await firstOf('nft', hands), iptables };
}

async function firstOf(wanted: BootRuleFile['holds'], { disk }: Pick<Hands, 'disk'>): Promise<string | null> {
  for (const { file, holds } of bootRuleFiles)
    if (holds === wanted && (await disk.read(`/etc/${file}`, mostBytes)) !== null) return `/etc/${file}`;
  return null;
}
