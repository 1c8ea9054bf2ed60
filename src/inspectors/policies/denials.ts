import { type AuditDenial, parseAuditLine } from '../../logs/audit-log.js';
import type { Gatherer } from '../../model/gatherer.js';
import { known } from '../../model/observed.js';
import type { Denial, DenialsFact } from '../../model/policy-facts.js';
import { kernelLog, type Log, logFile } from '../logs/log-files.js';

/** Where auditd writes, and where the kernel's words go without it. */
const files = ['/var/log/audit/audit.log', '/var/log/kern.log', '/var/log/messages'];
const windowMs = 15 * 60 * 1_000;
const mostEntries = 32;

/** What AppArmor, SELinux, Landlock and seccomp refused of late, and wrote down. */
export const deviceDenials: Gatherer<'device.denials'> = {
  fact: 'device.denials',
  needs: [],
  base: false,
  cost: 'local',
  platforms: ['linux'],
  privilege: 'root',
  async gather(_facts, context) {
    const since = context.system.clock.wall().getTime() - windowMs;
    const logs = await Promise.all([kernelLog(context), ...files.map((file) => logFile(file, context))]);
    const there = logs.filter(({ why }) => why !== 'ENOENT');
    const entries = there.flatMap((log) => denialsIn(log, since));
    const value: DenialsFact = {
      // The same event may stand in several logs; the latest ones tell most.
      entries: entries
        .filter((one, i) => entries.findIndex((other) => sameEvent(one, other)) === i)
        .slice(-mostEntries),
      read: there.filter(({ lines }) => lines !== null).map(({ name }) => name),
      unread: there.flatMap(({ name, why }) => (why === null ? [] : [{ log: name, why }])),
    };
    return known(value, value.read.join(', ') || 'no log');
  },
};

function denialsIn({ name, lines }: Log, since: number): Denial[] {
  const told = (lines ?? []).filter((line) => line.includes('audit('));
  return told.flatMap((line): Denial[] => {
    const denial = parseAuditLine(line);
    if (!denial || denial.at < since) return [];
    const { by, at, policy, operation, process, program, pid, address, port, permissive } = withProgram(denial, told);
    const time = new Date(at).toISOString();
    return [{ by, at: time, policy, operation, process, program, pid, address, port, permissive, log: name }];
  });
}

/** Landlock names the program in another line of the same event. */
function withProgram(denial: AuditDenial, lines: readonly string[]): AuditDenial {
  if (denial.program !== null) return denial;
  const mark = `:${denial.serial}):`;
  for (const line of lines) {
    const [, program] = line.includes(mark) ? (/ exe="(\/[^"]{1,400})"/.exec(line) ?? []) : [];
    if (program === undefined) continue;
    return { ...denial, program, process: denial.process ?? / comm="([^"]{1,64})"/.exec(line)?.[1] ?? null };
  }
  return denial;
}

function sameEvent(a: Denial, b: Denial): boolean {
  return a.by === b.by && a.at === b.at && a.pid === b.pid && a.operation === b.operation && a.port === b.port;
}
