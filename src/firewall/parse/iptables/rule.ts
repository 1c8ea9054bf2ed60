import type { Match, Part } from '../../ruleset.js';
import { baseMatch, isBase, protocolOf } from './base.js';
import { modules } from './modules.js';
import { type MatchModule, opaque, type Option, optionText, type RuleContext } from './module.js';
import { optionsOfTarget, targetParts } from './targets.js';

/** Matches that `-p` brings along when a rule was typed by hand; iptables-save writes them out. */
const impliedBy: Readonly<Record<number, string>> = {
  6: 'tcp',
  17: 'udp',
  136: 'udplite',
  132: 'sctp',
  33: 'dccp',
  1: 'icmp',
  58: 'icmp6',
};

interface Loaded {
  readonly name: string;
  readonly module: MatchModule | undefined;
  readonly options: Option[];
}

export interface ParsedRule {
  readonly parts: readonly Part[];
  readonly comment: string | undefined;
}

const mostRemembered = 20_000;

/**
 * Reads the rules of one table. What was built for one rule serves the next one that says the same: rulesets repeat
 * themselves, and the rules of a big one would not fit into memory otherwise.
 */
export class RuleReader {
  private readonly built = new Map<string, readonly Match[]>();
  private readonly targets = new Map<string, readonly Part[]>();
  private readonly bases = new Map<string, Match>();

  /** `isChain` tells a chain of the table from an extension. */
  constructor(
    private readonly family: 'ip' | 'ip6',
    private readonly isChain: (name: string) => boolean,
  ) {}

  /**
   * The words after the chain's name. A match that is not known stays as text together with its options; a target that
   * is not known may do anything.
   */
  read(words: readonly string[]): ParsedRule {
    const parts: Part[] = [];
    const loaded: Loaded[] = [];
    let protocol: number | undefined;
    let target = '';
    let goto = false;
    let given: Option[] | undefined;
    let negated = false;
    for (let i = 0; i < words.length;) {
      const word = words[i] as string;
      if (word === '!') {
        negated = true;
        i++;
        continue;
      }
      const was = negated;
      negated = false;
      const next = words[i + 1] ?? '';
      if (word === '-m' || word === '--match') {
        loaded.push({ name: next, module: modules.get(next), options: [] });
        i += 2;
      } else if (word === '-j' || word === '-g' || word === '--jump' || word === '--goto') {
        target = next;
        goto = word === '-g' || word === '--goto';
        given = [];
        i += 2;
      } else if (given === undefined && isBase(word)) {
        parts.push(this.base(word, next, was));
        if (word === '-p' && !was) protocol = protocolOf(next);
        i += word === '-f' ? 1 : 2;
      } else if (word.startsWith('--')) {
        i =
          given === undefined
            ? matchOption(words, i, was, protocol, loaded)
            : targetOption(words, i, was, target, given);
      } else {
        parts.push(opaque(`${was ? '! ' : ''}${word}`, 'a word that belongs to no option'));
        i++;
      }
    }
    if (negated) parts.push(opaque('!', 'a negation of nothing'));
    const context: RuleContext = { family: this.family, protocol };
    let comment: string | undefined;
    for (const one of loaded) {
      if (one.name === 'comment') {
        const text = one.options[0]?.args[0] ?? '';
        comment = comment === undefined ? text : `${comment}; ${text}`;
      } else for (const match of this.matches(one, context)) parts.push(match);
    }
    if (given !== undefined) for (const part of this.target(target, goto, given, context)) parts.push(part);
    return { parts, comment };
  }

  private base(word: string, value: string, negated: boolean): Match {
    if (word === '-s' || word === '-d') return baseMatch(word, value, negated, this.family);
    const key = `${negated ? '! ' : ''}${word} ${value}`;
    let match = this.bases.get(key);
    if (match === undefined) {
      match = baseMatch(word, value, negated, this.family);
      if (this.bases.size < mostRemembered) this.bases.set(key, match);
    }
    return match;
  }

  private matches(one: Loaded, context: RuleContext): readonly Match[] {
    const only = one.options.length === 1 ? one.options[0] : undefined;
    if (only === undefined || only.args.length !== 1) return built(one, context);
    const key = `${context.protocol ?? ''} ${one.name} ${only.negated ? '! ' : ''}${only.name} ${only.args[0] ?? ''}`;
    let found = this.built.get(key);
    if (found === undefined) {
      found = built(one, context);
      if (this.built.size < mostRemembered) this.built.set(key, found);
    }
    return found;
  }

  private target(name: string, goto: boolean, options: readonly Option[], context: RuleContext): readonly Part[] {
    if (options.length > 0) return targetOf(name, goto, options, context, this.isChain(name));
    const key = goto ? `-g ${name}` : name;
    let found = this.targets.get(key);
    if (found === undefined) {
      found = targetOf(name, goto, options, context, this.isChain(name));
      this.targets.set(key, found);
    }
    return found;
  }
}

/** Gives the option to the match that knows it, the one named last first; returns where to read on. */
function matchOption(
  words: readonly string[],
  at: number,
  negated: boolean,
  protocol: number | undefined,
  loaded: Loaded[],
): number {
  const name = (words[at] as string).slice(2);
  let owner = loaded.at(-1);
  if (owner?.module !== undefined && !(name in owner.module.options)) {
    owner = loaded.findLast((one) => one.module !== undefined && Object.hasOwn(one.module.options, name));
  }
  owner ??= impliedMatch(name, protocol, loaded);
  if (owner === undefined) {
    owner = { name: loaded.at(-1)?.name ?? '(none)', module: undefined, options: [] };
    loaded.push(owner);
  }
  const arity = owner.module === undefined ? untilNextOption(words, at) : (owner.module.options[name] ?? 0);
  owner.options.push({ name, negated, args: words.slice(at + 1, at + 1 + arity) });
  return at + 1 + arity;
}

function impliedMatch(option: string, protocol: number | undefined, loaded: Loaded[]): Loaded | undefined {
  const implied = protocol === undefined ? undefined : impliedBy[protocol];
  const module = implied === undefined ? undefined : modules.get(implied);
  if (implied === undefined || module === undefined || !Object.hasOwn(module.options, option)) return undefined;
  const owner: Loaded = { name: implied, module, options: [] };
  loaded.push(owner);
  return owner;
}

function targetOption(words: readonly string[], at: number, negated: boolean, target: string, given: Option[]): number {
  const name = (words[at] as string).slice(2);
  const known = optionsOfTarget(target);
  const arity = known !== undefined && Object.hasOwn(known, name) ? (known[name] ?? 0) : untilNextOption(words, at);
  given.push({ name, negated, args: words.slice(at + 1, at + 1 + arity) });
  return at + 1 + arity;
}

/** Of an option that nobody knows: all words up to the next one that looks like an option. */
function untilNextOption(words: readonly string[], at: number): number {
  let end = at + 1;
  while (end < words.length && words[end] !== '!' && !/^-(-[a-z]|[a-zA-Z]$)/.test(words[end] ?? '')) end++;
  return end - at - 1;
}

function built(one: Loaded, context: RuleContext): readonly Match[] {
  const { module, options } = one;
  let matches: Match[] | undefined;
  if (module !== undefined && options.every((option) => option.args.length === module.options[option.name])) {
    matches = module.build(options, context);
  }
  if (matches !== undefined) return matches;
  const text = [`-m ${one.name}`, ...options.map(optionText)].join(' ');
  return [
    opaque(
      text,
      module === undefined ? `match ${one.name} is not known` : `an option of match ${one.name} is not understood`,
    ),
  ];
}

function targetOf(
  name: string,
  goto: boolean,
  options: readonly Option[],
  context: RuleContext,
  isChain: boolean,
): readonly Part[] {
  if (isChain) return [{ kind: 'verdict', verdict: { to: goto ? 'goto' : 'jump', chain: name } }];
  const known = goto ? undefined : optionsOfTarget(name);
  const complete = known !== undefined && options.every((option) => option.args.length === known[option.name]);
  const parts = complete ? targetParts({ name, options }, context) : undefined;
  if (parts !== undefined) return parts;
  const text = [name, ...options.map(optionText)].join(' ');
  const why =
    known === undefined
      ? `target ${name} is neither known nor a chain of the table`
      : `an option of target ${name} is not understood`;
  return [{ kind: 'effect', text, why }];
}
