import type { Target } from './target.js';

/** What a scheme means for the connection. Ports: IANA's registry, or the program's documented default. */
export interface Scheme {
  /** The name in the report; several spellings share one. */
  readonly name: string;
  readonly port: number;
  readonly transport: Target['transport'];
  readonly protocol: Target['protocol'];
}

type Row = readonly [spellings: string, port: number, transport: Target['transport'], protocol: Target['protocol']];

// The first spelling is the name that the report uses. Port 0: the scheme has none of its own.
const rows: readonly Row[] = [
  ['https', 443, 'tls', 'http'],
  ['http', 80, 'plain', 'http'],
  ['wss', 443, 'tls', 'http'],
  ['ws', 80, 'plain', 'http'],
  ['tcp', 0, 'plain', 'service'],
  ['tls ssl', 0, 'tls', 'service'],
  ['postgres postgresql', 5432, 'plain', 'service'],
  ['mysql mariadb', 3306, 'plain', 'service'],
  ['sqlserver mssql', 1433, 'plain', 'service'],
  ['redis valkey', 6379, 'plain', 'service'],
  ['rediss valkeys', 6379, 'tls', 'service'],
  ['mongodb', 27017, 'plain', 'service'],
  ['memcached', 11211, 'plain', 'service'],
  ['amqp', 5672, 'plain', 'service'],
  ['amqps', 5671, 'tls', 'service'],
  ['nats', 4222, 'plain', 'service'],
  ['mqtt', 1883, 'plain', 'service'],
  ['mqtts', 8883, 'tls', 'service'],
  ['ssh sftp scp git+ssh ssh+git svn+ssh', 22, 'plain', 'service'],
  ['git', 9418, 'plain', 'service'],
  ['rsync', 873, 'plain', 'service'],
  ['svn', 3690, 'plain', 'service'],
  ['telnet', 23, 'plain', 'service'],
  ['smtp', 25, 'plain', 'service'],
  ['submission', 587, 'plain', 'service'],
  ['smtps', 465, 'tls', 'service'],
  ['imap', 143, 'plain', 'service'],
  ['imaps', 993, 'tls', 'service'],
  ['pop3 pop', 110, 'plain', 'service'],
  ['pop3s pops', 995, 'tls', 'service'],
  ['ftp', 21, 'plain', 'service'],
  ['ftps', 990, 'tls', 'service'],
  ['ldap', 389, 'plain', 'service'],
  ['ldaps', 636, 'tls', 'service'],
  ['irc', 6667, 'plain', 'service'],
  ['ircs', 6697, 'tls', 'service'],
  ['rdp', 3389, 'plain', 'service'],
  ['vnc', 5900, 'plain', 'service'],
];

const bySpelling = new Map<string, Scheme>(
  rows.flatMap(([spellings, port, transport, protocol]) => {
    const all = spellings.split(' ');
    return all.map((spelling) => [spelling, { name: all[0] ?? spelling, port, transport, protocol }] as const);
  }),
);

/** The scheme as spelled in a URL, in any case; a driver's name behind a plus sign (`mysql+pymysql`) does not matter. */
export function schemeOf(spelling: string): Scheme | undefined {
  const lower = spelling.toLowerCase();
  return bySpelling.get(lower) ?? bySpelling.get(lower.replace(/\+(?!srv$).*$/, ''));
}

/** Registered beside the usual one (IANA): http-alt, submission; and 8443, by which web servers offer TLS. */
const furtherPorts: Readonly<Record<string, readonly number[]>> = { http: [8008, 8080], https: [8443], smtp: [587] };

/** Whether that port is known as the one of this protocol. */
export function isUsualPort(protocol: string, port: number): boolean {
  return schemeOf(protocol)?.port === port || furtherPorts[protocol]?.includes(port) === true;
}

/** Whether that port is known as the one of any protocol. */
export function isKnownPort(port: number): boolean {
  return [...bySpelling.keys()].some((name) => isUsualPort(name, port));
}

/** A known scheme that one slip of the keyboard turns into this, or undefined. */
export function schemeMeant(spelling: string): string | undefined {
  const lower = spelling.toLowerCase();
  return lower.length > 12
    ? undefined
    : [...bySpelling.keys()].find((known) => known.length > 2 && oneSlipApart(known, lower));
}

/** One slip of the keyboard: a letter too many, too few, wrong, or two neighbours swapped. */
export function oneSlipApart(a: string, b: string): boolean {
  if (Math.abs(a.length - b.length) > 1) return false;
  let start = 0;
  while (start < a.length && start < b.length && a[start] === b[start]) start++;
  const restA = a.slice(start);
  const restB = b.slice(start);
  return (
    restA.slice(1) === restB ||
    restA === restB.slice(1) ||
    restA.slice(1) === restB.slice(1) ||
    (restA[0] === restB[1] && restA[1] === restB[0] && restA.slice(2) === restB.slice(2))
  );
}
