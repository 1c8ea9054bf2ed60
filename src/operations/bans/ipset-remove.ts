import { canonical } from '../../model/address.js';
import { Cannot } from '../../model/cannot.js';
import type { IpsetMemberRemove } from '../../model/ban-operations.js';
import type { Hands, Look, OperationKindOf } from '../operation-kind.js';
import { mustHaveRun } from '../said.js';
import { Arguments } from '../validate.js';
import { elementOf } from './element.js';

interface Before {
  /** As `ipset save` prints what follows the member: `timeout 300 comment "x"`; in words of ipset. */
  readonly timeout: number | null;
  readonly endsAt: number | null;
  readonly comment: string | null;
}

const bounds = { timeoutMs: 10_000, maxBytes: 64 * 1024 * 1024 };
/** Names of ipset (IPSET_MAXNAMELEN 32), without what would be an option or is of no tool that is known. */
const setName = /^[A-Za-z0-9_][\w.:-]{0,30}$/;

/** One member of a set of ipset is taken out, and put back with the time that it had left. */
export const operation: OperationKindOf<IpsetMemberRemove, Before> = {
  kind: 'ipset-remove',
  check(json) {
    const args = new Arguments('ipset-remove', json);
    const checked: IpsetMemberRemove = {
      kind: args.oneOf('kind', ['ipset-remove']),
      set: args.matching('set', setName),
      member: elementOf(args, 'member'),
    };
    args.end();
    return checked;
  },
  commands: ({ set, member }) => [`ipset del ${set} ${member}`],
  undo: ({ set, member }, _id, { timeout, comment }) => {
    const more = `${timeout === null ? '' : ` timeout ${timeout}`}${comment === null ? '' : ` comment "${comment}"`}`;
    return [`ipset add ${set} ${member}${more}`];
  },
  async capture({ set, member }, hands) {
    const lines = await savedSet(set, hands);
    if (lines === null) throw new Cannot(`there is no set ${set} any more`);
    const found = memberIn(lines, set, member);
    if (found === undefined) throw new Cannot(`${member} is not in the set ${set} any more`);
    if (found.isOdd) throw new Cannot(`the entry of ${member} holds what could not be put back`);
    const { timeout, comment } = found;
    // A time of 0 is none.
    const endsAt = timeout === null || timeout === 0 ? null : hands.clock.wall().getTime() + timeout * 1000;
    return { timeout, comment, endsAt };
  },
  preview: ({ set, member }) => [`  ipset ${set}:`, `- ${member}`],
  async apply({ set, member }, _before, hands) {
    mustHaveRun('ipset', await hands.run('ipset', ['del', set, member], bounds));
  },
  async look({ set, member }, before, hands): Promise<Look> {
    const lines = await savedSet(set, hands);
    if (lines === null) return { is: 'other', ours: false, difference: [`  ipset ${set}:`, '- the whole set'] };
    if (memberIn(lines, set, member) !== undefined || isOver(before, hands)) return { is: 'before' };
    return { is: 'after' };
  },
  async revert({ set, member }, before, hands) {
    const lines = await savedSet(set, hands);
    if (lines === null || memberIn(lines, set, member) !== undefined || isOver(before, hands)) return;
    const { timeout, endsAt, comment } = before;
    const left = endsAt === null ? timeout : Math.ceil((endsAt - hands.clock.wall().getTime()) / 1000);
    const words = [
      ...(left === null ? [] : ['timeout', String(left)]),
      ...(comment === null ? [] : ['comment', comment]),
    ];
    mustHaveRun('ipset', await hands.run('ipset', ['add', set, member, ...words], bounds));
  },
};

function isOver({ endsAt }: Before, { clock }: Hands): boolean {
  return endsAt !== null && clock.wall().getTime() >= endsAt;
}

/** Null when there is no such set. */
async function savedSet(set: string, { run }: Pick<Hands, 'run'>): Promise<string[] | null> {
  const saved = await run('ipset', ['save', set], bounds);
  if (/does not exist/.test(saved.stderr)) return null;
  return mustHaveRun('ipset', saved).split('\n');
}

interface Member {
  readonly timeout: number | null;
  readonly comment: string | null;
  readonly isOdd: boolean;
}

/** `add NAME 198.51.100.0/24 timeout 291 packets 0 bytes 0 comment "x"` */
export function memberIn(lines: readonly string[], set: string, member: string): Member | undefined {
  const start = `add ${set} `;
  for (const line of lines) {
    if (!line.startsWith(start)) continue;
    const [, name = '', rest = ''] = /^(\S+)(.*)$/.exec(line.slice(start.length)) ?? [];
    if (canonical(name) !== canonical(member)) continue;
    const found = /^(?: timeout (\d+))?(?: packets \d+ bytes \d+)?(?: comment "([^"]*)")?$/.exec(rest.trimEnd());
    const [, timeout, comment] = found ?? [];
    return {
      timeout: timeout === undefined ? null : Number(timeout),
      comment: comment ?? null,
      isOdd: found === null,
    };
  }
  return undefined;
}
