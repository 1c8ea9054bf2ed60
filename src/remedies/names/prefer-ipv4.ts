import { fact } from '../../model/facts.js';
import type { Plan, Remedy } from '../../model/remedy.js';

/** Text of gai.conf; null when there is none, or it could not be read whole. */
type Looks = string | null;

const file = '/etc/gai.conf';

/** Programs try IPv4 first, as long as IPv6 does not work: glibc's own setting (gai.conf(5)). */
export const remedy: Remedy<Looks> = {
  id: 'prefer-ipv4',
  risk: 'low',
  needs: 'root',
  platforms: ['linux'],
  title: 'has programs try IPv4 before IPv6',
  offers: ({ facts }) => hasBoth(facts),
  async look(_ailment, { system }) {
    const read = await system.files.read(file, 64 * 1024);
    return read.ok && !read.truncated ? Buffer.from(read.bytes).toString('utf8') : null;
  },
  plan({ facts }, text): Plan | { readonly whyNot: string } {
    if (text === null) return { whyNot: `there is no ${file}: this system's library may not read one` };
    if (!hasBoth(facts)) return { whyNot: 'the target has no addresses of both kinds' };
    if (/^\s*(?:precedence|label)\s/m.test(text))
      return { whyNot: `${file} holds an order of its own already, which one more line could turn around` };
    const lines = text.split('\n').map((line) => line.replace(/\r$/, ''));
    // A file that ends without a line break has its last line cut in two by nobody.
    const last = lines.at(-1) === '' ? lines.length - 1 : lines.length;
    return {
      title: 'has programs of this computer try IPv4 before IPv6',
      operations: [
        {
          kind: 'file-lines',
          file: 'gai.conf',
          edits: [{ do: 'add', below: last, was: lines[last - 1] ?? '', what: { is: 'ipv4-first' } }],
        },
      ],
      opens: [],
      wider: false,
      mayCutOff: false,
      notes: [
        'it counts for every target, until it is taken back; IPv6 is still used where there is no IPv4',
        'browsers, and programs that run already, choose by themselves',
      ],
    };
  },
};

function hasBoth(facts: Parameters<typeof fact>[0]): boolean {
  const addresses = fact(facts, 'name.system')?.addresses ?? [];
  return addresses.some((one) => one.includes(':')) && addresses.some((one) => !one.includes(':'));
}
