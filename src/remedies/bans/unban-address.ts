import { bytesOf, canonical, familyOf, inPrefix } from '../../model/address.js';
import type { BanOperation } from '../../model/ban-operations.js';
import { fact } from '../../model/facts.js';
import { failingFlows } from '../../model/failing-flows.js';
import type { Ailment, Plan, Remedy } from '../../model/remedy.js';
import type { System } from '../../model/system.js';
import { isOneAddress } from '../../operations/bans/element.js';
import { elementsIn } from '../../operations/bans/nft-element-remove.js';
import { nftName } from '../../operations/validate.js';

/** Sets that the rule asks, with what they hold of the addresses in question. */
interface Looks {
  readonly found: readonly Found[];
}

type Found =
  | { readonly in: 'nft'; readonly set: string; readonly element: string }
  | { readonly in: 'ipset'; readonly set: string; readonly element: string };

const families = ['ip', 'ip6', 'inet', 'netdev'] as const;
const bounds = { timeoutMs: 10_000, maxBytes: 64 * 1024 * 1024 };
const mostSets = 4;
/** CrowdSec's bouncer asks every ten seconds what it is to do (its update_frequency), and takes a moment to do it. */
const bouncerMs = 12_000;

/** The address is taken off the list that bans it, by whoever keeps the list. */
export const remedy: Remedy<Looks> = {
  id: 'unban-address',
  risk: 'low',
  needs: 'root',
  platforms: ['linux'],
  title: 'takes this address off the list of banned ones',
  offers: isListed,
  concerns: isListed,
  async look(ailment, { system }) {
    const found: Found[] = [];
    for (const set of setsOf(ailment).slice(0, mostSets))
      for (const element of await elementsAbout(ailment, set, system)) found.push(element);
    return { found };
  },
  plan(ailment, { found }): Plan | { readonly whyNot: string } {
    const owned = bansOf(ailment);
    const operations = owned.length > 0 ? owned : found.flatMap((one) => operationOf(ailment, one) ?? []);
    if (operations.length === 0)
      return { whyNot: 'the list that bans the address is none that can be told to let it go' };
    const elements = [...new Set(operations.map(elementIn))];
    const wide = elements.filter((element) => !isOneAddress(element));
    const meant = whyMeant(ailment);
    return {
      title: `takes ${elements.join(', ')} off the list of banned addresses (${[...new Set(operations.map(listIn))].join(', ')})`,
      operations,
      opens: [
        ...elements.map((element) => `every other port that the list keeps from ${element}`),
        ...wide.map((element) => `all of ${element}, not this address alone`),
      ],
      wider: true,
      mayCutOff: false,
      notes: [
        operations.some(({ kind }) => kind === 'fail2ban-unban' || kind === 'crowdsec-unban')
          ? 'whoever misbehaves again is banned again'
          : 'it holds until the list is loaded anew or the computer restarts',
      ],
      ...(operations.some(({ kind }) => kind === 'crowdsec-unban') && { takesUpToMs: bouncerMs }),
      ...(meant !== null && { blockLooksRight: meant }),
    };
  },
};

/** Whether the rule asks a list at all. */
function isListed(ailment: Ailment): boolean {
  return addressesOf(ailment).length > 0 && (bansOf(ailment).length > 0 || setsOf(ailment).length > 0);
}

/** The far ends of what failed: only about these anything is taken off. */
function addressesOf({ verdict: { culprit }, facts }: Ailment): string[] {
  const ends = facts.target.inbound?.from;
  const flows = failingFlows(facts).map(({ address }) => address);
  return culprit?.rule === undefined ? [] : [...new Set([...(ends == null ? flows : [ends])].map(canonical))];
}

/** What the program that owns the rule says itself of its bans. */
function bansOf(ailment: Ailment): BanOperation[] {
  const { culprit } = ailment.verdict;
  const addresses = addressesOf(ailment);
  const list = fact(ailment.facts, 'device.bans')?.lists.find(({ by }) => by === culprit?.owner);
  if (list?.state !== 'answers') return [];
  const text =
    culprit?.rule === undefined ? '' : `${culprit.rule.chain} ${culprit.rule.text ?? ''} ${culprit.name ?? ''}`;
  const bans = list.bans.filter(({ address }) => addresses.includes(canonical(address)));
  const operations = bans.flatMap((ban): BanOperation[] => {
    if (list.by === 'crowdsec') {
      const value = ban.element ?? ban.address;
      return [{ kind: 'crowdsec-unban', scope: value.includes('/') ? 'range' : 'ip', value }];
    }
    // Other jails did not stop this packet.
    if (!/^[A-Za-z0-9_][\w.-]{0,99}$/.test(ban.list) || !text.includes(ban.list)) return [];
    return [{ kind: 'fail2ban-unban', jail: ban.list, address: ban.address }];
  });
  return [...new Map(operations.map((operation) => [JSON.stringify(operation), operation])).values()].slice(0, 8);
}

/** Names of the sets that the rule asks: `ip saddr @blocked`, `-m set --match-set blocked src`; never `! --match-set`. */
function setsOf({ verdict: { culprit } }: Ailment): string[] {
  const { text = '', backend } = culprit?.rule ?? {};
  const named =
    backend === 'nft'
      ? text.matchAll(/(?<!!= )@([\w.-]{1,64})/g)
      : text.matchAll(/(?<!! )--match-set ([\w.:-]{1,31}) (?:src|dst)(?![,\w])/g);
  return [...named].map(([, set = '']) => set);
}

async function elementsAbout(ailment: Ailment, set: string, system: System): Promise<Found[]> {
  const { rule } = ailment.verdict.culprit ?? {};
  const addresses = addressesOf(ailment);
  const isAbout = (element: string): boolean => addresses.some((address) => covers(element, address));
  if (rule === undefined) return [];
  if (rule.backend === 'nft') {
    const listed = await system.run('nft', ['-j', 'list', 'set', rule.family, rule.table, set], bounds);
    if (listed.exit !== 0 || listed.truncated) return [];
    const elements = elementsIn(listed.stdout).filter(({ text }) => isAbout(text));
    return elements.map(({ text }) => ({ in: 'nft', set, element: text }));
  }
  const saved = await system.run('ipset', ['save', set], bounds);
  if (saved.exit !== 0 || saved.truncated) return [];
  const members = [...saved.stdout.matchAll(/^add \S+ (\S+)/gm)].map(([, member = '']) => member);
  return members.filter(isAbout).map((element) => ({ in: 'ipset', set, element }));
}

/** Whether the element is that address, or a network around it. */
export function covers(element: string, address: string): boolean {
  const [first = '', last] = element.split('-');
  if (last !== undefined) {
    const bytes = [first, address, last].map((one) => Buffer.from(bytesOf(one) ?? []).toString('hex'));
    const [low = '', at = '', high = ''] = bytes;
    return familyOf(first) === familyOf(address) && low <= at && at <= high;
  }
  return element.includes('/') ? inPrefix(address, element) : canonical(element) === canonical(address);
}

function operationOf({ verdict: { culprit } }: Ailment, { in: where, set, element }: Found): BanOperation | null {
  if (where === 'ipset') return { kind: 'ipset-remove', set, member: element };
  const family = families.find((one) => one === culprit?.rule?.family);
  const table = culprit?.rule?.table ?? '';
  if (family === undefined || !nftName.test(table) || !nftName.test(set)) return null;
  return { kind: 'nft-element-remove', family, table, set, element };
}

function elementIn(operation: BanOperation): string {
  switch (operation.kind) {
    case 'fail2ban-unban':
      return operation.address;
    case 'crowdsec-unban':
      return operation.value;
    case 'nft-element-remove':
      return operation.element;
    case 'ipset-remove':
      return operation.member;
  }
}

function listIn(operation: BanOperation): string {
  switch (operation.kind) {
    case 'fail2ban-unban':
      return `fail2ban, jail ${operation.jail}`;
    case 'crowdsec-unban':
      return 'CrowdSec';
    case 'nft-element-remove':
      return `set ${operation.set} of nftables`;
    case 'ipset-remove':
      return `set ${operation.set} of ipset`;
  }
}

/** Lists that many computers share hold addresses that attacked others. */
function whyMeant({ verdict: { culprit }, facts }: Ailment): string | null {
  const list = fact(facts, 'device.bans')?.lists.find(({ by }) => by === culprit?.owner);
  const shared = list?.bans.find(({ origin }) => origin === 'CAPI' || origin === 'lists');
  return shared === undefined ? null : `others have reported ${shared.address} too (${shared.list}, ${shared.origin})`;
}
