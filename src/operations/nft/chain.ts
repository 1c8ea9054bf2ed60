import { ruleText } from '../../firewall/parse/nft/text.js';
import { isObject, type Json, type JsonObject, listOf, numberOf, stringOf } from '../../firewall/parse/nft/json.js';
import { Cannot } from '../../model/cannot.js';
import { mustHaveRun } from '../said.js';
import type { Hands } from '../operation-kind.js';

export interface ChainName {
  readonly family: string;
  readonly table: string;
  readonly chain: string;
}

export interface ListedRule {
  readonly handle: number;
  readonly comment: string | undefined;
  /** As nft prints it, without counters: two rules that do the same have the same text. */
  readonly text: string;
}

const bounds = { timeoutMs: 5_000, maxBytes: 64 * 1024 * 1024 };

/** The rules of a chain in order. */
export async function listChain({ family, table, chain }: ChainName, hands: Pick<Hands, 'run'>): Promise<ListedRule[]> {
  const listed = await hands.run('nft', ['-j', '-a', 'list', 'chain', family, table, chain], bounds);
  if (/No such file or directory/.test(listed.stderr))
    throw new Cannot(`there is no chain ${chain} in table ${family} ${table} any more`);
  const json = JSON.parse(mustHaveRun('nft', listed)) as Json;
  const objects = isObject(json) ? listOf(json.nftables) : [];
  return objects.flatMap((object) => (isObject(object) && isObject(object.rule) ? [listedRule(object.rule)] : []));
}

function listedRule(rule: JsonObject): ListedRule {
  const comment = stringOf(rule.comment);
  return { handle: numberOf(rule.handle) ?? 0, comment, text: ruleText(listOf(rule.expr), comment) };
}

/** One argument of a program may have 128 KiB (MAX_ARG_STRLEN, linux/binfmts.h). */
const mostCharacters = 100_000;

/**
 * Carries out objects of nft's JSON as one transaction: all or nothing. As an argument, since nft opens /dev/stdin by its
 * name, which fails where that is a socket, as Node makes it (measured: ENXIO).
 */
export async function transact(commands: readonly Json[], hands: Pick<Hands, 'run'>): Promise<void> {
  const json = JSON.stringify({ nftables: commands });
  if (json.length > mostCharacters) throw new Cannot('the change is too long for one transaction of nft');
  mustHaveRun('nft', await hands.run('nft', ['-j', json], bounds));
}
