/** Numbers and their names from IANA's "Domain Name System (DNS) Parameters". */

const TYPES = {
  A: 1,
  NS: 2,
  CNAME: 5,
  SOA: 6,
  PTR: 12,
  MX: 15,
  TXT: 16,
  AAAA: 28,
  SRV: 33,
  DNAME: 39,
  OPT: 41,
  DS: 43,
  RRSIG: 46,
  NSEC: 47,
  DNSKEY: 48,
  NSEC3: 50,
  SVCB: 64,
  HTTPS: 65,
  ANY: 255,
  CAA: 257,
} as const;

export type KnownType = keyof typeof TYPES;
export const TYPE: Readonly<Record<KnownType, number>> = TYPES;

/** RFC 3597 writes a type without a name as TYPE and its number. */
export type TypeName = KnownType | `TYPE${number}`;

const TYPE_NAMES = new Map<number, KnownType>(
  (Object.keys(TYPES) as KnownType[]).map((name) => [TYPES[name], name] as const),
);

export function typeName(type: number): TypeName {
  return TYPE_NAMES.get(type) ?? `TYPE${type}`;
}

/** The number of `A`, `https`, `TYPE65`, `65` or 65; null when it is no 16-bit type. */
export function typeNumber(type: string | number): number | null {
  if (typeof type === 'number') return Number.isInteger(type) && type >= 0 && type <= 0xffff ? type : null;
  const upper = type.toUpperCase();
  if (Object.hasOwn(TYPES, upper)) return TYPES[upper as KnownType];
  const digits = /^(?:TYPE)?([0-9]{1,5})$/.exec(upper)?.[1];
  return digits === undefined ? null : typeNumber(Number(digits));
}

export const CLASS_IN = 1;

/** RFC 1035, 2136, 6891, 7873; 16 is BADVERS in an OPT record and BADSIG elsewhere, which a resolver never says. */
const RCODES = new Map<number, string>([
  [0, 'NOERROR'],
  [1, 'FORMERR'],
  [2, 'SERVFAIL'],
  [3, 'NXDOMAIN'],
  [4, 'NOTIMP'],
  [5, 'REFUSED'],
  [6, 'YXDOMAIN'],
  [7, 'YXRRSET'],
  [8, 'NXRRSET'],
  [9, 'NOTAUTH'],
  [10, 'NOTZONE'],
  [16, 'BADVERS'],
  [17, 'BADKEY'],
  [18, 'BADTIME'],
  [23, 'BADCOOKIE'],
]);

export function rcodeName(rcode: number): string {
  return RCODES.get(rcode) ?? `RCODE${rcode}`;
}

/** RFC 8914 section 4 and the later entries of its registry. */
const EXTENDED_ERRORS = [
  'Other Error',
  'Unsupported DNSKEY Algorithm',
  'Unsupported DS Digest Type',
  'Stale Answer',
  'Forged Answer',
  'DNSSEC Indeterminate',
  'DNSSEC Bogus',
  'Signature Expired',
  'Signature Not Yet Valid',
  'DNSKEY Missing',
  'RRSIGs Missing',
  'No Zone Key Bit Set',
  'NSEC Missing',
  'Cached Error',
  'Not Ready',
  'Blocked',
  'Censored',
  'Filtered',
  'Prohibited',
  'Stale NXDOMAIN Answer',
  'Not Authoritative',
  'Not Supported',
  'No Reachable Authority',
  'Network Error',
  'Invalid Data',
  'Signature Expired before Valid',
  'Too Early',
  'Unsupported NSEC3 Iterations Value',
  'Unable to conform to policy',
  'Synthesized',
  'Invalid Query Type',
] as const;

export function extendedErrorName(code: number): string {
  return EXTENDED_ERRORS[code] ?? `EDE${code}`;
}
