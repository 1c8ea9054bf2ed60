import { canonical } from '../../model/address.js';
import { Cannot } from '../../model/cannot.js';
import type { Fail2banUnban } from '../../model/ban-operations.js';
import type { Hands, Look, OperationKindOf } from '../operation-kind.js';
import { mustHaveRun } from '../said.js';
import { Arguments } from '../validate.js';
import { isAddress } from './element.js';

interface Before {
  /** When the ban would have ended by itself, in milliseconds since 1970; null: never, or it is not known. */
  readonly endsAt: number | null;
}

const bounds = { timeoutMs: 10_000, maxBytes: 4 * 1024 * 1024 };
/** Bans are carried out by a thread of fail2ban's, which looks once a second (sleeptime of its actions). */
const mostWaits = 100;
const waitMs = 50;

/** fail2ban itself takes back one ban of one jail, and makes it again. */
export const operation: OperationKindOf<Fail2banUnban, Before> = {
  kind: 'fail2ban-unban',
  check(json) {
    const args = new Arguments('fail2ban-unban', json);
    const kind = args.oneOf('kind', ['fail2ban-unban']);
    const jail = args.matching('jail', /^[A-Za-z0-9_][\w.-]{0,99}$/);
    const address = args.text('address', 64);
    args.end();
    if (!isAddress(address)) throw args.wrong('address is none');
    return { kind, jail, address };
  },
  commands: ({ jail, address }) => [`fail2ban-client set ${jail} unbanip ${address}`],
  undo: ({ jail, address }) => [`fail2ban-client set ${jail} banip ${address}`],
  async capture(operation, hands) {
    const bans = await bansOf(operation, hands);
    if (bans === null) throw new Cannot(`fail2ban has no jail ${operation.jail} any more, or does not run`);
    const found = bans.get(canonical(operation.address));
    if (found === undefined) throw new Cannot(`fail2ban does not ban ${operation.address} in that jail any more`);
    return { endsAt: found.endsAt };
  },
  preview: ({ jail, address }) => [`  fail2ban, jail ${jail}:`, `- ${address}`],
  async apply({ jail, address }, _before, hands) {
    mustHaveRun('fail2ban-client', await hands.run('fail2ban-client', ['set', jail, 'unbanip', address], bounds));
  },
  async look(operation, before, hands): Promise<Look> {
    const bans = await bansOf(operation, hands);
    const where = `  fail2ban, jail ${operation.jail}:`;
    if (bans === null) return { is: 'other', ours: false, difference: [where, '  it gives no list: does it run?'] };
    const isThere = bans.has(canonical(operation.address)) || isOver(before, hands);
    return { is: isThere ? 'before' : 'after' };
  },
  async revert(operation, before, hands) {
    const { jail, address } = operation;
    const isBanned = async (): Promise<boolean> =>
      (await bansOf(operation, hands))?.has(canonical(address)) ?? Promise.reject(new Cannot('fail2ban does not run'));
    if (isOver(before, hands) || (await isBanned())) return;
    mustHaveRun('fail2ban-client', await hands.run('fail2ban-client', ['set', jail, 'banip', address], bounds));
    for (let waits = 0; waits < mostWaits && !(await isBanned()); waits++) await hands.clock.sleep(waitMs);
  },
};

function isOver({ endsAt }: Before, { clock }: Hands): boolean {
  return endsAt !== null && clock.wall().getTime() >= endsAt;
}

/** What the jail bans and until when; null where there is no such jail, or no fail2ban to ask. */
async function bansOf(
  { jail }: Pick<Fail2banUnban, 'jail'>,
  { run }: Pick<Hands, 'run'>,
): Promise<ReadonlyMap<string, { readonly endsAt: number | null }> | null> {
  const listed = await run('fail2ban-client', ['get', jail, 'banip', '--with-time'], bounds);
  if (listed.error === 'ENOENT') mustHaveRun('fail2ban-client', listed);
  if (listed.exit !== 0) return null;
  return new Map(
    listed.stdout.split('\n').flatMap((line) => {
      const [, address = '', length = '', until = ''] =
        /^(\S+)\s+[\d-]{10} [\d:]{8} \+ (-?\d+) = ([\d-]{10} [\d:]{8})$/.exec(line.trim()) ?? [];
      if (address === '') return [];
      const ends = Number(length) < 0 ? Number.NaN : new Date(until.replace(' ', 'T')).getTime();
      return [[canonical(address), { endsAt: Number.isNaN(ends) ? null : ends }] as const];
    }),
  );
}
