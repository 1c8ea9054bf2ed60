import { Cannot } from '../../model/cannot.js';
import { clockKeepers, type ClockSync } from '../../model/service-operations.js';
import type { Hands, OperationKindOf } from '../operation-kind.js';
import { mustHaveRun } from '../said.js';
import { Arguments } from '../validate.js';

const bounds = { timeoutMs: 20_000 };
/** systemd-timesyncd asks at once, and steps the clock by what the first answer says. */
const waitMs = 15_000;

/**
 * The clock is set by whoever looks after it. What it showed before is never set again: a wrong time is nobody's wish. With
 * systemd the setting itself is taken back; with chrony "done" is a mark in the journal's directory.
 */
export const operation: OperationKindOf<ClockSync, null> = {
  kind: 'clock-sync',
  check(json) {
    const args = new Arguments('clock-sync', json);
    const kind = args.oneOf('kind', ['clock-sync']);
    const by = args.oneOf('by', clockKeepers);
    args.end();
    return { kind, by };
  },
  commands: ({ by }) => [by === 'systemd' ? 'timedatectl set-ntp true' : 'chronyc makestep'],
  undo: ({ by }) => [
    by === 'systemd'
      ? 'timedatectl set-ntp false (the time itself stays right)'
      : 'nothing: the time itself stays right',
  ],
  async capture({ by }, hands) {
    if (by === 'systemd' && (await isOn(hands))) throw new Cannot('the clock is left to the network already');
    if (by === 'chrony' && (await isMarked(hands))) throw new Cannot('that was done already');
    return null;
  },
  preview: ({ by }) =>
    by === 'systemd'
      ? ['  timedatectl:', '- NTP=no', '+ NTP=yes']
      : ['  the clock is set at once, as far as chrony knows better'],
  async apply({ by }, _before, hands) {
    if (by === 'systemd') {
      mustHaveRun('timedatectl', await hands.run('timedatectl', ['set-ntp', 'true'], bounds));
      const until = hands.clock.now() + waitMs;
      while (hands.clock.now() < until && (await property('NTPSynchronized', hands)) !== 'yes') await hands.clock.sleep(250); // prettier-ignore
      return;
    }
    mustHaveRun('chronyc', await hands.run('chronyc', ['makestep'], bounds));
    const rights = { mode: 0o600, uid: process.geteuid?.() ?? 0, gid: process.getegid?.() ?? 0 };
    await hands.disk.create(markOf(hands), new Uint8Array(), rights);
    await hands.disk.syncDirectory(hands.journal);
  },
  look: async ({ by }, _before, hands) => ({
    is: (by === 'systemd' ? await isOn(hands) : await isMarked(hands)) ? 'after' : 'before',
  }),
  async revert({ by }, _before, hands) {
    if (by === 'chrony') return hands.disk.remove(markOf(hands));
    if (await isOn(hands)) mustHaveRun('timedatectl', await hands.run('timedatectl', ['set-ntp', 'false'], bounds));
  },
};

async function isOn(hands: Hands): Promise<boolean> {
  const value = await property('NTP', hands);
  if (value !== 'yes' && value !== 'no') throw new Cannot('systemd says nothing of how the clock is set');
  return value === 'yes';
}

async function property(name: 'NTP' | 'NTPSynchronized', { run }: Hands): Promise<string> {
  const words = ['show', `--property=${name}`, '--value'];
  return mustHaveRun('timedatectl', await run('timedatectl', words, bounds)).trim();
}

async function isMarked(hands: Hands): Promise<boolean> {
  return (await hands.disk.read(markOf(hands), 16)) !== null;
}

function markOf({ id, journal }: Pick<Hands, 'id' | 'journal'>): string {
  return `${journal}/done-${id}`;
}
