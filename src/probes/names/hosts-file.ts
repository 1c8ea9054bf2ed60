/** hosts(5) as glibc's files service reads it (nss/nss_files/files-hosts.c). */
import { canonical, familyOf } from '../../model/address.js';
import type { HostsLine } from '../../model/facts.js';
import type { Gatherer } from '../../model/gatherer.js';
import { known, skipped } from '../../model/observed.js';
import type { System } from '../../model/system.js';

/** Block lists in this file reach some megabytes. */
const MAX_BYTES = 32 * 1024 * 1024;
const MAX_LINES = 64;
const MAX_TEXT = 200;

export const hostsFile: Gatherer<'name.hosts'> = {
  fact: 'name.hosts',
  needs: [],
  base: false,
  early: 'failing',
  cost: 'local',
  platforms: 'any',
  privilege: 'none',
  whenLate: { afterMs: 150 },
  when: ({ target }) => {
    if (target.literal !== 0) return 'the target is an address';
    return target.host === '' ? 'the target has no host name' : null;
  },
  async gather({ target }, { system }) {
    const path = hostsPath(system);
    const file = await system.files.read(path, MAX_BYTES);
    if (!file.ok) return file.code === 'ENOENT' ? known([], path) : skipped(`${path} cannot be read: ${file.code}`);
    const lines = linesFor(target.host, Buffer.from(file.bytes).toString('latin1'), path);
    if (file.truncated && lines.length === 0) return skipped(`${path} is too big to be read whole`);
    return known(lines, path);
  },
};

function hostsPath({ platform, environment }: System): string {
  return platform === 'win32'
    ? `${environment('SystemRoot') ?? 'C:\\Windows'}\\System32\\drivers\\etc\\hosts`
    : '/etc/hosts';
}

/** Lines that name the host, as canonical name or alias, without regard to case. */
export function linesFor(host: string, text: string, path: string): HostsLine[] {
  const lower = text.toLowerCase();
  const wanted = host.toLowerCase();
  const found: HostsLine[] = [];
  let line = 1;
  let counted = 0;
  // Only lines that hold the name are looked at: a list of 200,000 lines takes some milliseconds.
  for (let at = lower.indexOf(wanted); at >= 0 && found.length < MAX_LINES;) {
    const start = lower.lastIndexOf('\n', at) + 1;
    const next = lower.indexOf('\n', at);
    const end = next < 0 ? lower.length : next;
    for (let mark = lower.indexOf('\n', counted); mark >= 0 && mark < start; mark = lower.indexOf('\n', mark + 1))
      line++;
    counted = start;
    const address = addressFor(wanted, lower.slice(start, end));
    if (address !== null)
      found.push({ address, location: `${path}:${line}`, text: text.slice(start, end).trim().slice(0, MAX_TEXT) });
    at = lower.indexOf(wanted, end);
  }
  return found;
}

/** The address of a line that names the host, or null; an address that inet_pton refuses makes glibc skip the line. */
function addressFor(host: string, line: string): string | null {
  const [address = '', ...names] = line.replace(/#.*/s, '').trim().split(/[\s]+/);
  return familyOf(address) !== 0 && !address.includes('%') && names.includes(host) ? canonical(address) : null;
}
