import type { Match } from '../../ruleset.js';

/** One option of a match or target as it stood: `! --dports 22,80` is { name: 'dports', negated, args: ['22,80'] }. */
export interface Option {
  readonly name: string;
  readonly negated: boolean;
  readonly args: readonly string[];
}

export interface RuleContext {
  readonly family: 'ip' | 'ip6';
  /** The `-p` of the rule when it is one protocol and not negated. */
  readonly protocol: number | undefined;
}

export interface MatchModule {
  /** How many words follow each option that it knows. */
  readonly options: Readonly<Record<string, number>>;
  /** Undefined when a value is not understood: the whole match then stays as text. */
  readonly build: (options: readonly Option[], context: RuleContext) => Match[] | undefined;
}

export function optionText(option: Option): string {
  return `${option.negated ? '! ' : ''}--${option.name}${option.args.map((arg) => ` ${arg}`).join('')}`;
}

export function opaque(text: string, why: string): Match {
  return { kind: 'opaque', text, why };
}

/** Matches that are the same whatever their options say: the answer hangs on something that no packet shows. */
export function undecided(
  kind: 'may' | 'opaque',
  name: string,
  why: string,
  options: Readonly<Record<string, number>>,
): MatchModule {
  return {
    options,
    build: (given) => {
      const text = [`-m ${name}`, ...given.map(optionText)].join(' ');
      return [kind === 'may' ? { kind, what: why, text } : { kind, text, why }];
    },
  };
}
