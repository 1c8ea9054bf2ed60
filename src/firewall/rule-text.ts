import type { RuleReference } from '../model/words.js';
import { ruleText } from './parse/nft/text.js';
import type { Json } from './parse/nft/json.js';
import type { Backend, Chain, Rule, Table } from './ruleset.js';

/** The rule as the tool that wrote it prints it. Text from outside: whoever shows it cleans it. */
export function textOf(rule: Rule): string {
  return rule.source.syntax === 'iptables'
    ? rule.source.line
    : ruleText(rule.source.expr as readonly Json[], rule.source.comment);
}

/** Whose words a rule is in, and to be answered in: nft may have put it into a table of iptables. */
export function backendOf(table: Table, rule: Rule | undefined): Backend {
  return rule?.source.syntax === 'nft' ? 'nft' : table.backend;
}

/** The rule in the shape of the report's `culprit.rule`. */
export function referenceTo(table: Table, chain: Chain, rule: Rule): RuleReference {
  return {
    backend: backendOf(table, rule),
    family: table.family,
    table: table.name,
    chain: chain.name,
    number: rule.number,
    text: textOf(rule),
    ...(rule.handle === undefined ? {} : { handle: rule.handle }),
  };
}
