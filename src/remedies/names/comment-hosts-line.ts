import { canonical, scopeOf } from '../../model/address.js';
import { fact, type HostsLine } from '../../model/facts.js';
import type { LineEdit } from '../../model/file-operations.js';
import type { Ailment, Plan, Remedy } from '../../model/remedy.js';

const file = '/etc/hosts';
const mostBytes = 1024 * 1024;
const mostLines = 16;

/** Text of the hosts file; null when it could not be read whole. */
type Looks = string | null;

/** The lines of the hosts file that send the name elsewhere are switched off, not deleted. */
export const remedy: Remedy<Looks> = {
  id: 'comment-hosts-line',
  risk: 'low',
  needs: 'root',
  platforms: ['linux'],
  title: 'switches off the line of the hosts file, by a "#" in front of it',
  offers: (ailment) => wrongLines(ailment).length > 0,
  async look(_ailment, { system }) {
    const read = await system.files.read(file, mostBytes);
    return read.ok && !read.truncated ? Buffer.from(read.bytes).toString('utf8') : null;
  },
  plan(ailment, text): Plan | { readonly whyNot: string } {
    if (text === null) return { whyNot: `${file} could not be read` };
    const { host } = ailment.target;
    const wrong = wrongLines(ailment);
    if (wrong.length === 0) return { whyNot: `no line of ${file} is known to be wrong` };
    if (wrong.length > mostLines) return { whyNot: `more than ${mostLines} lines of ${file} name ${host}` };
    const lines = text.split('\n').map((line) => line.replace(/\r$/, ''));
    const edits: LineEdit[] = [];
    const others = new Set<string>();
    for (const { address, location } of wrong) {
      const line = Number(location.slice(file.length + 1));
      const was = lines[line - 1] ?? '';
      const { address: given, names } = partsOf(was);
      if (given !== canonical(address) || !names.includes(host.toLowerCase()))
        return { whyNot: `line ${line} of ${file} is no longer what it was` };
      if (was.includes('\u{FFFD}')) return { whyNot: `line ${line} of ${file} holds bytes that are no text` };
      edits.push({ do: 'comment-out', line, was });
      for (const name of names) if (name !== host.toLowerCase()) others.add(name);
    }
    const right = seemsMeant(wrong, host);
    return {
      title: `lets DNS answer for ${host} again: ${wrong.map(({ location }) => location).join(', ')} no longer does`,
      operations: [{ kind: 'file-lines', file: 'hosts', edits }],
      opens: others.size === 0 ? [] : [`the line no longer answers for ${listed(others)} either`],
      wider: others.size > 0,
      mayCutOff: false,
      notes: ['programs that run already may remember the old address for a minute'],
      ...(right !== null && { blockLooksRight: right }),
    };
  },
};

/** Lines for the name whose address is the one that failed, and what else DNS does not give for it. */
function wrongLines({ verdict: { culprit }, facts }: Ailment): HostsLine[] {
  if (culprit?.kind !== 'file' || !place.test(culprit.location ?? '')) return [];
  const lines = (fact(facts, 'name.hosts') ?? []).filter(({ location }) => place.test(location));
  const blamed = lines.find(({ location }) => location === culprit.location);
  if (!blamed) return [];
  const published = new Set(
    (fact(facts, 'name.direct')?.answers ?? []).flatMap(({ addresses }) => addresses.map(canonical)),
  );
  return lines.filter((line) => line === blamed || (published.size > 0 && !published.has(canonical(line.address))));
}

const place = /^\/etc\/hosts:\d{1,7}$/;

function partsOf(line: string): { readonly address: string; readonly names: readonly string[] } {
  const [address = '', ...names] = (line.split('#', 1)[0] ?? '').trim().split(/\s+/);
  return { address: canonical(address), names: names.map((name) => name.toLowerCase()) };
}

/** Block lists and parents write such lines; a wrong address is nobody's wish. */
function seemsMeant(lines: readonly HostsLine[], host: string): string | null {
  const nowhere = lines.find(({ address }) => ['unspecified', 'loopback'].includes(scopeOf(canonical(address))));
  return nowhere === undefined
    ? null
    : `${nowhere.location} leads ${host} to ${nowhere.address}, as one does to keep a computer from a name`;
}

function listed(names: ReadonlySet<string>): string {
  const [first, second, third, ...more] = names;
  const shown = [first, second, third].filter((name) => name !== undefined).join(', ');
  return more.length === 0 ? shown : `${shown} and ${more.length} more names`;
}
