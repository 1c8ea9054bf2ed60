import type { Ban } from '../../model/ban-facts.js';
import type { Evidence } from '../../model/cause.js';
import { fact, type Facts } from '../../model/facts.js';
import { ownerName } from './owner-words.js';
import type { Owner } from '../../firewall/owner.js';
import type { Stop } from './stop.js';

/** Programs that can be asked about their bans. */
export const askedAboutBans: ReadonlySet<string> = new Set(['fail2ban', 'crowdsec']);

/**
 * The ban that the rule carries out, as the rule's owner tells of it. Of several jails the one that the rule belongs to:
 * the others did not stop this packet.
 */
export function banOf({ owner, folded }: Stop, address: string | null, facts: Facts): Ban | null {
  const list = fact(facts, 'device.bans')?.lists.find(({ by }) => by === owner?.id);
  const bans = list?.bans.filter((ban) => ban.address === address) ?? [];
  if (owner?.id !== 'fail2ban') return longest(bans);
  const jail = folded?.about ?? null;
  return jail === null
    ? bans.length === 1
      ? (bans[0] ?? null)
      : null
    : (bans.find((ban) => ban.list === jail) ?? null);
}

/** All decisions of CrowdSec go into one set: the one that ends last keeps the address there. */
function longest(bans: readonly Ban[]): Ban | null {
  const [first, ...others] = bans;
  return first === undefined ? null : others.reduce((a, b) => ((b.until ?? '') > (a.until ?? '') ? b : a), first);
}

/** `until 2026-11-27 20:16 UTC`, `for ever`; empty when that is not known. */
export function untilWords({ until, forever }: Ban): string {
  return forever ? 'for ever' : until === null ? '' : `until ${minuteOf(until)}`;
}

function minuteOf(iso: string): string {
  return `${iso.slice(0, 10)} ${iso.slice(11, 16)} UTC`;
}

/** What the owner of the rule itself says of the ban. */
export function banEvidence(stop: Stop, address: string | null, facts: Facts): readonly Evidence[] {
  const { owner } = stop;
  const list = fact(facts, 'device.bans')?.lists.find(({ by }) => by === owner?.id);
  if (owner === null || list === undefined || address === null) return [];
  const who = ownerName(owner);
  const says = (text: string): readonly Evidence[] => [{ fact: 'device.bans', says: text }];
  if (list.state === 'not-running') return says(`${who} does not run: nobody takes the ban back when its time is up`);
  if (list.state !== 'answers') return [];
  const ban = banOf(stop, address, facts);
  if (ban === null) return says(`${who} itself names no ban of ${address} that this rule would carry out`);
  const element = ban.element === null || ban.element === address ? '' : ` (as part of ${ban.element})`;
  const origin = ban.origin == null ? '' : `, from ${ban.origin}`;
  const since = ban.since === null ? '' : `, since ${minuteOf(ban.since)}`;
  const until = untilWords(ban);
  const kind = owner.id === 'fail2ban' ? `jail "${ban.list}"` : `"${ban.list}"`;
  return says(`${who} bans ${address}${element}: ${kind}${origin}${since}${until === '' ? '' : `, ${until}`}`);
}

/** How the address is taken off the list again. */
export function unban(stop: Stop | null, address: string, facts: Facts): string {
  const owner = stop?.owner?.id;
  const jail = stop?.folded?.about ?? null;
  const list = fact(facts, 'device.bans')?.lists.find(({ by }) => by === owner);
  if (stop?.owner && list?.state === 'not-running') return withoutProgram(stop, stop.owner, address);
  if (owner === 'fail2ban' && jail !== null && /^[\w.-]+$/.test(jail))
    return `see why (fail2ban-client status ${jail}), then take it back: fail2ban-client set ${jail} unbanip ${address}`;
  if (owner === 'crowdsec') {
    const what = `--${address.includes('/') ? 'range' : 'ip'} ${address}`;
    return `see why (cscli decisions list ${what}), then take it back: cscli decisions delete ${what}`;
  }
  return 'take the address off the list, or wait until the ban ends';
}

/** The program that would take it back is not there to be told. */
function withoutProgram({ at }: Stop, { id, detail }: Owner, address: string): string {
  const { set } = detail;
  const start = `start ${id} again, which goes on with its bans where it stopped`;
  const isOwnTable =
    at.rule?.backend === 'nft' && set !== undefined && [at.table, set].every((name) => /^[\w-]+$/.test(name));
  return isOwnTable
    ? `${start}, or take the address off its list: sudo nft delete element ${at.family} ${at.table} ${set} '{ ${address} }'`
    : start;
}
