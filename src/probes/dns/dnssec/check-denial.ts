import type { ChainFlaw } from '../../../model/name-facts.js';
import type { ResourceRecord } from '../message.js';
import { sameName } from '../names.js';
import type { Signature, ZoneKey } from '../record-data.js';
import { TYPE } from '../registry.js';
import { checkRecords } from './check-records.js';
import { type Denial, denialOf } from './denial.js';

export interface CheckedDenial {
  readonly denial: Denial;
  /** Why it is not shown. */
  readonly flaw?: ChainFlaw;
}

/** A "no" needs three records of them, or four. Each costs signatures. */
const mostGroups = 8;

/**
 * What the records beside a "no" prove, of those alone whose signatures hold. Without any of them it is not known whether the
 * zone has none or somebody between has left them out: where its other signatures came, the zone has none.
 */
export function checkDenial(
  authorities: readonly ResourceRecord[],
  name: string,
  type: number,
  zone: string,
  keys: readonly ZoneKey[],
  nowS: number,
): CheckedDenial {
  const proofs = authorities.filter((one) => one.type === TYPE.NSEC || one.type === TYPE.NSEC3);
  const signatures = authorities.flatMap(({ name: owner, data }) =>
    data.kind === 'RRSIG' ? [{ owner, signature: data }] : [],
  );
  if (proofs.length === 0) {
    const signed = signatures.some(({ signature }) => sameName(signature.signer, zone));
    return { denial: null, flaw: signed ? 'denial-missing' : 'not-checked' };
  }
  const groups = grouped(proofs).slice(0, mostGroups);
  const results = groups.map((records) => ({
    records,
    ...checkRecords(records, signaturesOf(records, signatures), zone, keys, nowS),
  }));
  const good = results.flatMap(({ records, flaw }) => (flaw === undefined ? records : []));
  const denial = denialOf(name, type, zone, good);
  if (denial === 'too-many-rounds') return { denial, flaw: 'not-checked' };
  if (denial !== null) return { denial };
  const flaw = results.find((one) => one.flaw !== undefined)?.flaw;
  return { denial, flaw: flaw ?? 'denial-missing' };
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
