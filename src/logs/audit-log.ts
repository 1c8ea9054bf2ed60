/** A denial that has to do with the network, as the audit system of the kernel writes it. */
export interface AuditDenial {
  readonly by: 'AppArmor' | 'SELinux' | 'Landlock' | 'seccomp';
  /** Milliseconds since 1970. */
  readonly at: number;
  /** Its number: several lines of one event bear the same. */
  readonly serial: string;
  /** The profile of AppArmor, the domain's type of SELinux; null where there is none. */
  readonly policy: string | null;
  /** `connect`, `create`, `name_connect`, `net.connect_tcp`, the number of a system call. */
  readonly operation: string;
  readonly process: string | null;
  readonly program: string | null;
  readonly pid: number | null;
  readonly address: string | null;
  readonly port: number | null;
  /** It was only written down: the policy is in its learning mode. */
  readonly permissive: boolean;
}

const longestLine = 4_000;
/** socket, connect, sendto, sendmsg, socketpair, bind of x86-64, and of arm64 and other newer ones (unistd.h). */
const networkCalls: ReadonlySet<string> = new Set(['41', '42', '44', '46', '53', '198', '203', '206', '211']);

/**
 * One line of /var/log/audit/audit.log, the kernel's log or the journal: `type=AVC msg=audit(SECONDS.MS:SERIAL): …` or
 * `audit: type=1400 audit(SECONDS.MS:SERIAL): …`. Null for every other. Programs choose their names: the text is hostile.
 */
export function parseAuditLine(line: string): AuditDenial | null {
  if (line.length > longestLine) return null;
  const [, seconds = '', serial = '', said = ''] =
    /\baudit\((\d{9,11}\.\d{1,3}):(\d{1,20})\):\s*(.*)$/.exec(line) ?? [];
  if (said === '') return null;
  const field = fieldsOf(said);
  const common = {
    at: Math.round(Number(seconds) * 1_000),
    serial,
    process: field('comm'),
    program: field('exe'),
    pid: numberIn(field('pid')),
    address: field('faddr') ?? field('daddr'),
    port: portIn(field('fport') ?? field('dest')),
  };
  if (/^apparmor="(?:DENIED|ALLOWED)"/.test(said)) {
    if (!/\bclass="net"|\bfamily="inet6?"/.test(said)) return null;
    const permissive = said.startsWith('apparmor="ALLOWED"');
    return { by: 'AppArmor', ...common, policy: field('profile'), operation: field('operation') ?? '', permissive };
  }
  const avc = /^avc:\s+denied\s+\{ ([\w ]{1,100}) \}/.exec(said)?.[1];
  if (avc !== undefined) {
    if (!/\btclass=(?:tcp|udp|rawip|dccp|sctp|icmp|packet|)_?socket\b|\btclass=node\b|\btclass=netif\b/.test(said))
      return null;
    const type = /^[^:]*:[^:]*:([^:]{1,100})/.exec(field('scontext') ?? '')?.[1] ?? null;
    return { by: 'SELinux', ...common, policy: type, operation: avc, permissive: field('permissive') === '1' };
  }
  const blockers = field('blockers');
  if (blockers?.includes('net.') === true)
    return { by: 'Landlock', ...common, policy: field('domain'), operation: blockers, permissive: false };
  const call = field('syscall');
  // Mode "log" writes the action's code too: what was let pass is none (SECCOMP_RET_LOG, linux/seccomp.h).
  if (field('sig') !== null && field('code') !== null && call !== null && networkCalls.has(call))
    return { by: 'seccomp', ...common, policy: null, operation: call, permissive: field('code') === '0x7ffc0000' };
  return null;
}

/** `name=value`, `name="value"`; what has unusual letters in it is written as hexadecimal digits (audit_log_untrustedstring). */
function fieldsOf(text: string): (name: string) => string | null {
  const values = new Map<string, string>();
  for (const [, name = '', quoted, bare = ''] of text.matchAll(
    /(?:^|\s)([a-z_]{1,20})=(?:"([^"]{0,500})"|(\S{1,500}))/g,
  )) {
    if (values.size > 64) break;
    if (!values.has(name)) values.set(name, quoted ?? (hexadecimal.has(name) ? fromHex(bare) : bare));
  }
  return (name) => values.get(name) ?? null;
}

const hexadecimal: ReadonlySet<string> = new Set(['comm', 'exe', 'profile', 'name']);

function fromHex(text: string): string {
  return /^(?:[0-9A-F]{2}){1,250}$/.test(text) ? Buffer.from(text, 'hex').toString('utf8') : text;
}

function numberIn(text: string | null): number | null {
  return text !== null && /^\d{1,10}$/.test(text) ? Number(text) : null;
}

function portIn(text: string | null): number | null {
  const port = numberIn(text);
  return port !== null && port > 0 && port < 65_536 ? port : null;
}
