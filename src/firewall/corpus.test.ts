import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { parseNftJson } from './parse/nft-json.js';
import { readRuleset } from './parse/read.js';
import type { Part, Ruleset } from './ruleset.js';

const corpus = process.env.WHOBLOCKED_CORPUS ?? '';
const hasNft = existsSync(path.join(corpus, 'nftables'));
const hasRulesets = existsSync(path.join(corpus, 'rulesets'));

function filesBelow(folder: string): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => path.join(entry.parentPath, entry.name));
}

function notUnderstood(ruleset: Ruleset): Part[] {
  const found: Part[] = [];
  for (const table of ruleset.tables) {
    for (const chain of table.chains.values()) {
      for (const rule of chain.rules)
        found.push(...rule.parts.filter((part) => part.kind === 'opaque' || part.kind === 'effect'));
    }
  }
  return found;
}

/** nft's own cases: the rule as text in a comment, and its JSON below. */
function cases(file: string): { readonly name: string; readonly expr: unknown }[] {
  return readFileSync(file, 'utf8')
    .split(/^(?=# )/m)
    .flatMap((block) => {
      const name = /^# (.*)\n/.exec(block)?.[1];
      const body = block.replaceAll(/^#.*\n/gm, '').trim();
      return name === undefined || body === '' ? [] : [{ name, expr: JSON.parse(body) as unknown }];
    });
}

const withoutNft = hasNft ? '' : ' (skipped: WHOBLOCKED_CORPUS names no corpus)';
const withoutRulesets = hasRulesets ? '' : ' (skipped: WHOBLOCKED_CORPUS names no corpus)';

describe('rulesets of others', () => {
  it.skipIf(!hasNft)(`nft's own rules are read, or kept as text with what is not understood${withoutNft}`, () => {
    let all = 0;
    let open = 0;
    for (const file of filesBelow(path.join(corpus, 'nftables')).filter((name) => name.endsWith('.t.json'))) {
      const directory = path.basename(path.dirname(file));
      const family = directory === 'any' ? 'inet' : directory;
      for (const { name, expr } of cases(file)) {
        const ruleset = parseNftJson(
          JSON.stringify({
            nftables: [{ table: { family, name: 't' } }, { rule: { family, table: 't', chain: 'c', expr } }],
          }),
        );
        const rule = ruleset.tables[0]?.chains.get('c')?.rules.at(0);
        expect(ruleset.problems, name).toEqual([]);
        expect(rule?.parts.length, name).toBeGreaterThan(0);
        all++;
        for (const part of notUnderstood(ruleset)) {
          open++;
          if (part.kind === 'opaque' || part.kind === 'effect')
            expect(part.text !== '' && part.why !== '', name).toBe(true);
        }
      }
    }
    expect(all).toBeGreaterThan(700);
    // Durations, group names, tunnels, 128-bit values: what no packet description could answer either.
    expect(open).toBeLessThan(45);
  });

  it.skipIf(!hasRulesets)(`dumps of iptables are read to the last rule${withoutRulesets}`, () => {
    const files = filesBelow(path.join(corpus, 'rulesets')).filter((name) =>
      /ip6?tables\.golden$|iptables-dump\.txt$/.test(name),
    );
    expect(files.length).toBeGreaterThan(100);
    for (const file of files) {
      const text = readFileSync(file, 'utf8');
      const ruleset = readRuleset(text);
      const rules = ruleset.tables
        .flatMap((table) => [...table.chains.values()])
        .reduce((sum, chain) => sum + chain.rules.length, 0);
      expect(ruleset.problems, file).toEqual([]);
      expect(rules, file).toBe(text.match(/^-A /gm)?.length ?? 0);
      expect(notUnderstood(ruleset), file).toEqual([]);
    }
  });
});
