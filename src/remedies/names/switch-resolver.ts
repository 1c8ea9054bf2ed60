import { canonical, familyOf, scopeOf } from '../../model/address.js';
import { fact } from '../../model/facts.js';
import type { LineEdit } from '../../model/file-operations.js';
import type { Ailment, Plan, Remedy } from '../../model/remedy.js';
import { type Owner, ownerOf, type Way, wayOf } from './resolver-owners.js';

interface Looks {
  /** Text of resolv.conf; null when it could not be read whole. */
  readonly text: string | null;
  /** Who writes that file. */
  readonly owner: Owner;
}

const file = '/etc/resolv.conf';

/** Another name server, one that answered in the diagnosis, takes the place of the one that does not. */
export const remedy: Remedy<Looks> = {
  id: 'switch-resolver',
  risk: 'low',
  needs: 'root',
  platforms: ['linux'],
  title: 'asks another name server, one that answered',
  offers: (ailment) => deadOf(ailment) !== null && workingOf(ailment) !== null,
  async look(_ailment, { system }) {
    const read = await system.files.read(file, 64 * 1024);
    const text = read.ok && !read.truncated ? Buffer.from(read.bytes).toString('utf8') : null;
    return { text, owner: text === null ? { is: 'nobody' } : await ownerOf(text, system) };
  },
  plan(ailment, { text, owner }): Plan | { readonly whyNot: string } {
    const dead = deadOf(ailment);
    const working = workingOf(ailment);
    if (dead === null) return { whyNot: 'it is no name server of the settings that fails' };
    if (working === null) return { whyNot: 'no other name server answered in the diagnosis' };
    if (text === null) return { whyNot: `${file} could not be read` };
    const operations = owner.is === 'nobody' ? byFile(ailment, text, dead, working) : wayOf(owner, dead, working);
    if ('whyNot' in operations) return operations;
    const isPublic = scopeOf(working) === 'public';
    return {
      title: `asks ${working} for names instead of ${dead}`,
      operations: operations.list,
      opens: isPublic ? [`${working} sees which names this computer looks up`] : [],
      wider: isPublic,
      mayCutOff: false,
      notes: operations.notes,
    };
  },
};

/** The configured server that does not answer. */
function deadOf({ verdict: { culprit }, facts }: Ailment): string | null {
  const resolvers = fact(facts, 'name.config')?.resolvers ?? [];
  const address = culprit?.kind === 'resolver' ? (culprit.address ?? null) : null;
  return address !== null && resolvers.some((one) => one.address === address) ? address : null;
}

/** Of the settings first, then one of the public ones that were asked for the same name. */
function workingOf(ailment: Ailment): string | null {
  const { facts } = ailment;
  const dead = deadOf(ailment);
  const answers = [
    ...(fact(facts, 'name.direct')?.answers ?? []),
    ...(fact(facts, 'name.reference')?.answers ?? []),
  ].filter(({ failure, addresses, port }) => failure === undefined && addresses.length > 0 && port === 53);
  return answers.find(({ resolver }) => resolver !== dead && familyOf(resolver) !== 0)?.resolver ?? null;
}

function byFile({ facts }: Ailment, text: string, dead: string, working: string): Way {
  const config = fact(facts, 'name.config');
  if (config?.file.link != null) return { whyNot: `${file} is a link: ${config.file.link} is somebody else's file` };
  const lines = text.split('\n').map((line) => line.replace(/\r$/, ''));
  const of = (address: string): number =>
    lines.findIndex((line) => canonical(/^\s*nameserver\s+(\S+)/.exec(line)?.[1] ?? '') === canonical(address));
  const [at, other] = [of(dead), of(working)];
  if (at < 0) return { whyNot: `no line of ${file} names ${dead}` };
  const edits: LineEdit[] = [
    { do: 'comment-out', line: at + 1, was: lines[at] ?? '' },
    ...(other >= 0
      ? []
      : [
          {
            do: 'add' as const,
            below: at,
            was: lines[at - 1] ?? '',
            what: { is: 'nameserver' as const, address: working },
          },
        ]),
  ];
  return {
    list: [{ kind: 'file-lines', file: 'resolv.conf', edits }],
    notes: ['it holds until the network is connected again, where that writes the file anew'],
  };
}
