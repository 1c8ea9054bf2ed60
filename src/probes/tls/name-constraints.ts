import { familyOf } from '../../model/address.js';
import { type Certificate } from './certificate.js';
import { children, contentOf, context, derAt, DerError, type DerNode, textOf } from './der.js';
import { relativeNames } from './distinguished-name.js';

/** GeneralName's choices that a server's certificate is judged by (RFC 5280 4.2.1.10). */
const dns = context(2, false);
const address = context(7, false);
const directory = context(4);

type Verdict = 'allowed' | 'outside' | 'excluded' | 'unsupported';

/** Whether an authority's name constraints allow a certificate below it. */
export function constraintVerdict(constraints: DerNode, below: Certificate, leaf: boolean): Verdict {
  try {
    return judge(constraints, below, leaf);
  } catch (error) {
    // Constraints or names that cannot be read allow nothing.
    if (error instanceof DerError) return 'unsupported';
    throw error;
  }
}

function judge(constraints: DerNode, below: Certificate, leaf: boolean): Verdict {
  const lists = children(constraints);
  const permitted = bases(lists.find((list) => list.tag === context(0)));
  const excluded = bases(lists.find((list) => list.tag === context(1)));
  const names = namesOf(below, leaf);
  // Constraints on other kinds of names (mail, URIs) matter only to certificates that hold such names; a server's does
  // not have to. One that does, and cannot be judged here, is not called valid.
  const known = new Set([dns, address, directory]);
  const foreign = new Set([...permitted, ...excluded].map((base) => base.tag).filter((kind) => !known.has(kind)));
  if (names.some((name) => foreign.has(name.tag))) return 'unsupported';
  for (const name of names) {
    if (excluded.some((base) => base.tag === name.tag && within(name, base))) return 'excluded';
    const same = permitted.filter((base) => base.tag === name.tag);
    if (same.length > 0 && !same.some((base) => within(name, base))) return 'outside';
  }
  return 'allowed';
}

function bases(list: DerNode | undefined): DerNode[] {
  return list ? children(list).flatMap((subtree) => children(subtree).slice(0, 1)) : [];
}

function namesOf(certificate: Certificate, leaf: boolean): DerNode[] {
  const alternatives = certificate.extensions.alternativeNames;
  const names = alternatives ? children(alternatives) : [];
  const subject = asGeneralName(
    directory,
    certificate.subject.bytes.subarray(certificate.subject.from, certificate.subject.end),
  );
  const hasSubject = certificate.subject.end > certificate.subject.start;
  // OpenSSL takes the common name for a host name where no alternative names are given (NAME_CONSTRAINTS_check_CN).
  const common = leaf && !names.some((name) => name.tag === dns) ? commonNames(certificate) : [];
  return [...names, ...(hasSubject ? [subject] : []), ...common];
}

function commonNames(certificate: Certificate): DerNode[] {
  return [...certificate.x509.subject.matchAll(/^CN=(.+)$/gm)]
    .map((match) => match[1] ?? '')
    .filter((name) => /^[a-z0-9*_-]+(\.[a-z0-9_-]+)+$/i.test(name) && familyOf(name) === 0)
    .map((name) => asGeneralName(dns, Buffer.from(name, 'latin1')));
}

function asGeneralName(kind: number, content: Uint8Array): DerNode {
  return { bytes: content, tag: kind, from: 0, start: 0, end: content.length };
}

function within(name: DerNode, base: DerNode): boolean {
  if (name.tag === dns) return withinDomain(textOf(contentOf(name)), textOf(contentOf(base)));
  if (name.tag === address) return withinRange(contentOf(name), contentOf(base));
  const inner = relativeNames(derAt(contentOf(name)));
  const outer = relativeNames(derAt(contentOf(base)));
  return outer.every((part, i) => part === inner[i]);
}

function withinDomain(name: string, base: string): boolean {
  const host = name.toLowerCase();
  const domain = base.toLowerCase();
  if (domain === '') return true;
  return domain.startsWith('.') ? host.endsWith(domain) : host === domain || host.endsWith(`.${domain}`);
}

/** The base is an address and a mask of the same length. */
function withinRange(ip: Uint8Array, base: Uint8Array): boolean {
  if (base.length !== 2 * ip.length) return false;
  return ip.every((byte, i) => (byte & (base[ip.length + i] ?? 0)) === ((base[i] ?? 0) & (base[ip.length + i] ?? 0)));
}
