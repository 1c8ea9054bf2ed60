/** A packet as the kernel's firewall writes it down (nf_log_syslog.c), with whatever came before it on the line. */
export interface LoggedPacket {
  /** As the line's beginning has it: ISO 8601, or `Nov 27 18:00:00`; null without one. */
  readonly at: string | null;
  /** What the rule was told to write: `[UFW BLOCK]`, `filter_IN_public_REJECT:`. */
  readonly prefix: string;
  readonly in: string;
  readonly out: string;
  readonly source: string;
  readonly destination: string;
  /** In small letters: `tcp`, `udp`, `icmp`, a number. */
  readonly protocol: string;
  readonly sport: number | null;
  readonly dport: number | null;
  /** A step of iptables' own trace, which it takes for packets that are marked for tracing (ip_tables.c). */
  readonly trace: {
    readonly table: string;
    readonly chain: string;
    readonly kind: string;
    readonly number: number;
  } | null;
}

const longestLine = 2_000;

/** Null for every line that is none. The text is hostile: anybody may write into a log. */
export function parseNetfilterLine(line: string): LoggedPacket | null {
  if (line.length > longestLine) return null;
  const start = /(?:^|\s)IN=(\S*) OUT=(\S*) /.exec(line);
  if (!start) return null;
  const fields = line.slice(start.index);
  const { at, prefix } = before(line.slice(0, start.index));
  const source = /(?:^| )SRC=([0-9a-f.:]{2,45})(?: |$)/i.exec(fields)?.[1];
  const destination = /(?:^| )DST=([0-9a-f.:]{2,45})(?: |$)/i.exec(fields)?.[1];
  const protocol = / PROTO=(\w{1,10})(?: |$)/.exec(fields)?.[1];
  if (source === undefined || destination === undefined || protocol === undefined) return null;
  const ports = / SPT=(\d{1,5}) DPT=(\d{1,5})(?: |$)/.exec(fields);
  const step = /^TRACE: ([\w-]{1,32}):(\S{1,32}):(rule|return|policy):(\d{1,9})$/.exec(prefix);
  return {
    at,
    prefix,
    in: start[1] ?? '',
    out: start[2] ?? '',
    source,
    destination,
    protocol: protocol.toLowerCase(),
    sport: ports ? Number(ports[1]) : null,
    dport: ports ? Number(ports[2]) : null,
    trace: step ? { table: step[1] ?? '', chain: step[2] ?? '', kind: step[3] ?? '', number: Number(step[4]) } : null,
  };
}

/** The time and host of a log file, the kernel's own count of seconds, then the rule's prefix. */
function before(text: string): { readonly at: string | null; readonly prefix: string } {
  const found = /^(\d{4}-\d\d-\d\dT[\d:.,]{8,15}(?:[+-]\d\d:?\d\d|Z)?|[A-Z][a-z]{2} [ \d]\d \d\d:\d\d:\d\d)\s+/.exec(
    text,
  );
  const rest = text
    .slice(found?.[0].length ?? 0)
    .replace(/^\S+ kernel:\s*/, '')
    .replace(/^\[\s*\d+\.\d+\]\s*/, '');
  return { at: found?.[1] ?? null, prefix: rest.trim().slice(0, 128) };
}

/** Prefixes of rules that write down what they let pass. */
export function saysAllowed({ prefix }: LoggedPacket): boolean {
  return /allow|accept|audit|permit/i.test(prefix);
}
