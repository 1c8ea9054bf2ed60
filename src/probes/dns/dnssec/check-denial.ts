import type { ChainFlaw } from '../../../model/name-facts.js';
import type { ResourceRecord } from '../message.js';
import { sameName } from '../names.js';
import type { Signature, ZoneKey } from '../record-data.js';
import { TYPE } from '../registry.js';
import { checkRecords } from './check-records.js';
import { type Denial, denialOf, provesWildcard } from './denial.js';
import { labelsOf } from './name-order.js';

export interface CheckedDenial {
  readonly denial: Denial;
  /** Why it is not shown. */
  readonly flaw?: ChainFlaw;
}

/** A "no" needs three records of them, or four. Each costs signatures. */
const mostGroups = 8;

interface Proofs {
  /** Those whose signatures hold. */
  readonly good: readonly ResourceRecord[];
  /** What is wrong with others, or with there being none. */
  readonly flaw?: ChainFlaw;
}

/** What the records beside a "no" prove. */
export function checkDenial(
  authorities: readonly ResourceRecord[],
  name: string,
  type: number,
  zone: string,
  keys: readonly ZoneKey[],
  nowS: number,
): CheckedDenial {
  const { good, flaw } = proofsIn(authorities, zone, keys, nowS);
  const denial = denialOf(name, type, zone, good);
  if (denial === 'too-many-rounds') return { denial, flaw: 'not-checked' };
  return denial === null ? { denial, flaw: flaw ?? 'denial-missing' } : { denial };
}

/** What is wrong with the proof beside an answer from a wildcard, of whose name so many labels were signed. Undefined: nothing. */
export function checkWildcard(
  authorities: readonly ResourceRecord[],
  name: string,
  labels: number,
  zone: string,
  keys: readonly ZoneKey[],
  nowS: number,
): ChainFlaw | undefined {
  const { good, flaw } = proofsIn(authorities, zone, keys, nowS);
  const proof = provesWildcard(name, labels, zone, good);
  if (proof === 'proven') return undefined;
  return proof === 'too-many-rounds' || flaw === 'not-checked' ? 'not-checked' : 'wildcard-unproven';
}

/**
 * Without any of them it is not known whether the zone has none or somebody between has left them out: where its other
 * signatures came, the zone has none.
 */
function proofsIn(
  authorities: readonly ResourceRecord[],
  zone: string,
  keys: readonly ZoneKey[],
  nowS: number,
): Proofs {
  const proofs = authorities.filter((one) => one.type === TYPE.NSEC || one.type === TYPE.NSEC3);
  const signatures = authorities.flatMap(({ name: owner, data }) =>
    data.kind === 'RRSIG' ? [{ owner, signature: data }] : [],
  );
  if (proofs.length === 0) {
    const signed = signatures.some(({ signature }) => sameName(signature.signer, zone));
    return { good: [], flaw: signed ? 'denial-missing' : 'not-checked' };
  }
  const results = grouped(proofs)
    .slice(0, mostGroups)
    .map((records) => ({ records, ...checkRecords(records, signaturesOf(records, signatures), zone, keys, nowS) }));
  const flaw = results.find((one) => one.flaw !== undefined)?.flaw;
  const good = results
    .filter((one) => one.flaw === undefined)
    .flatMap(({ records, labels }) => records.map((one) => asSigned(one, labels)));
  return { good, ...(flaw !== undefined && { flaw }) };
}

/**
 * A wildcard's own record may come under the name that was asked for (from zones that Unbound serves itself, 1.17): there it
 * would prove another thing. It was signed under its own. A star is not counted (RFC 4034 3.1.3).
 */
function asSigned(record: ResourceRecord, labels: number | undefined): ResourceRecord {
  const own = labelsOf(record.name);
  const counted = own[0] === '*' ? own.length - 1 : own.length;
  return labels === undefined || labels >= counted
    ? record
    : { ...record, name: ['*', ...own.slice(own.length - labels)].join('.') };
}

function grouped(records: readonly ResourceRecord[]): ResourceRecord[][] {
  const groups: ResourceRecord[][] = [];
  for (const record of records) {
    const group = groups.find(([first]) => first && first.type === record.type && sameName(first.name, record.name));
    if (group) group.push(record);
    else groups.push([record]);
  }
  return groups;
}

function signaturesOf(
  [first]: readonly ResourceRecord[],
  all: readonly { readonly owner: string; readonly signature: Signature }[],
): Signature[] {
  return all.flatMap(({ owner, signature }) => (first && sameName(owner, first.name) ? [signature] : []));
}
