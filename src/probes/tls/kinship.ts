/** OIDs of organization, organizational unit and common name, as `nameKey` spells them. */
const telling = ['U\u0004\n=', 'U\u0004\u000b=', 'U\u0004\u0003='];

/** Words that names of unrelated authorities share. */
const common = new Set(
  (
    'and authority authorities certificate certificates certification certifying class client commercial company corp ' +
    'corporation ecc ecdsa extended gmbh global inc internet intermediate internal issuer issuing limited llc ltd ' +
    'network operational organization policy primary private public pty root roots rsa secure security server servers ' +
    'service services sha256 sha384 signing ssl subordinate sub test the tls trust trusted validation web'
  ).split(' '),
);

/**
 * Whether an issuer's name shares a telling word with one of the store's subjects: "Example Issuing CA 3" and "Example
 * Root". A hint and no proof: two authorities may well have the same organization's name.
 */
export function kin(issuerKey: string, subjects: Iterable<string>): boolean {
  const own = new Set(words(issuerKey));
  if (own.size === 0) return false;
  for (const subject of subjects) if (words(subject).some((word) => own.has(word))) return true;
  return false;
}

/** What an issuer's common name says of its own place. */
export function namedAs(issuerKey: string): 'root' | 'intermediate' | 'unclear' {
  const own = issuerKey.split(/[;+](?=U\u0004)/).find((part) => part.startsWith('U\u0004\u0003=')) ?? '';
  if (/\b(intermediate|issuing|subordinate|sub)\b/.test(own)) return 'intermediate';
  return /\broot\b/.test(own) ? 'root' : 'unclear';
}

function words(key: string): string[] {
  return key
    .split(/[;+](?=U\u0004)/)
    .filter((part) => telling.some((prefix) => part.startsWith(prefix)))
    .flatMap((part) => part.slice(4).split(/[^\p{L}\p{N}]+/u))
    .filter((word) => word.length > 2 && !common.has(word) && !/^\p{L}?\d+$/u.test(word));
}
