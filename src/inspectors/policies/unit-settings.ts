import type { UnitSetting } from '../../model/policy-facts.js';
import type { System } from '../../model/system.js';
import { unitFiles } from '../services/unit-files.js';

const mostBytes = 256 * 1024;
const pattern = /^[ \t]*(IPAddressDeny|IPAddressAllow)[ \t]*=[ \t]*(.*?)[ \t]*$/;

/** The units of that control group, the innermost first: `/user.slice/user-1000.slice/session-3.scope`. */
export function unitsOf(group: string): string[] {
  return group
    .split('/')
    .filter((part) => /^[\w:.\\@-]{1,200}\.(?:service|scope|slice)$/.test(part))
    .toReversed();
}

/**
 * The lines in force that say which addresses the programs of these units may reach. systemd binds its program to the
 * innermost unit, with the lists of all units above in it (src/core/bpf-firewall.c).
 */
export async function addressSettings(
  units: readonly string[],
  { files }: Pick<System, 'files'>,
): Promise<UnitSetting[]> {
  const found: UnitSetting[] = [];
  for (const unit of units) found.push(...(await settingsOf(unit, files)));
  return found;
}

async function settingsOf(unit: string, files: System['files']): Promise<UnitSetting[]> {
  const texts: { readonly path: string; readonly lines: readonly string[] }[] = [];
  for (const path of await unitFiles(unit, files)) {
    const read = await files.read(path, mostBytes);
    if (read.ok) texts.push({ path, lines: Buffer.from(read.bytes).toString('utf8').split('\n') });
  }
  const inForce: Record<UnitSetting['name'], UnitSetting[]> = { IPAddressDeny: [], IPAddressAllow: [] };
  for (const { path, lines } of texts)
    for (const [at, line] of lines.entries()) {
      const [, name, value = ''] = pattern.exec(line) ?? [];
      if (name !== 'IPAddressDeny' && name !== 'IPAddressAllow') continue;
      // An empty one takes away what was said before.
      if (value === '') inForce[name] = [];
      else inForce[name].push({ unit, name, value: value.slice(0, 500), location: `${path}:${at + 1}` });
    }
  return [...inForce.IPAddressDeny, ...inForce.IPAddressAllow];
}
