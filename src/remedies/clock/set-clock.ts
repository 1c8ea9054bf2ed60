import type { Plan, Remedy } from '../../model/remedy.js';
import type { ClockSync } from '../../model/service-operations.js';

/** Who looks after the clock; null where nobody does who could be told. */
type Looks = {
  readonly chrony: boolean;
  /** systemd's: whether it may set the clock (CanNTP), and does (NTP). */
  readonly systemd: { readonly can: boolean; readonly on: boolean } | null;
};

const bounds = { timeoutMs: 5_000 };

/** The clock is set from the network by whoever looks after it. This program never sets it by hand. */
export const remedy: Remedy<Looks> = {
  id: 'set-clock',
  risk: 'low',
  needs: 'root',
  platforms: ['linux'],
  title: 'has the computer set its clock from the network',
  // Who looks after it is not known before.
  offers: () => false,
  async look(_ailment, { system }) {
    const [chrony, shown] = await Promise.all([
      system.run('chronyc', ['-n', 'tracking'], bounds),
      system.run('timedatectl', ['show', '--property=CanNTP,NTP'], bounds),
    ]);
    const says = (name: string): boolean => new RegExp(`^${name}=yes$`, 'm').test(shown.stdout);
    return {
      // Without a source that it trusts it knows no better time: its stratum is 0 then (chronyc(1), tracking).
      chrony: chrony.exit === 0 && /^Stratum\s*:\s*[1-9]/m.test(chrony.stdout),
      systemd: shown.exit === 0 && /^NTP=/m.test(shown.stdout) ? { can: says('CanNTP'), on: says('NTP') } : null,
    };
  },
  plan({ verdict: { culprit } }, { chrony, systemd }): Plan | { readonly whyNot: string } {
    if (culprit?.kind !== 'setting' || culprit.name?.startsWith('clock') !== true)
      return { whyNot: 'it is not the clock that is wrong' };
    if (chrony) return planFor('chrony', 'chrony set the clock at once, as its time servers say');
    if (systemd === null) return { whyNot: 'neither systemd nor chrony looks after the clock here: set it by hand' };
    if (systemd.on) return { whyNot: 'the clock is left to the network already, and no time server was reached: timedatectl timesync-status shows which are asked' }; // prettier-ignore
    if (!systemd.can) return { whyNot: 'no program that sets the clock from the network is installed (systemd-timesyncd, chrony)' }; // prettier-ignore
    return planFor('systemd', 'systemd set the clock from the network, now and from now on');
  },
};

function planFor(by: ClockSync['by'], what: string): Plan {
  return {
    title: `has ${what}`,
    operations: [{ kind: 'clock-sync', by }],
    opens: [],
    wider: false,
    mayCutOff: false,
    notes: [
      'the time jumps: what is timed by the clock (logs, planned jobs) sees that',
      'undo leaves the right time as it is',
    ],
  };
}
