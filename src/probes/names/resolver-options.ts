/** The words behind `options` in resolv.conf(5) that change how a question is sent, and how long an answer is waited for. */
import type { ResolverOption } from '../../model/name-facts.js';

const flags: Readonly<Record<string, ResolverOption['word']>> = {
  'use-vc': 'use-vc',
  usevc: 'use-vc',
  edns0: 'edns0',
  'trust-ad': 'trust-ad',
  rotate: 'rotate',
};
/** RES_MAXRETRANS and RES_MAXRETRY of glibc's resolv/resolv.h: more than that counts as that. */
const most = { timeout: 30, attempts: 5 } as const;
const mostOptions = 8;
/** RES_MAXNDOTS: more than that counts as that. */
const mostDots = 15;

export function dotsIn(rest: string): number | undefined {
  const [, dots] = /(?:^|[ \t])ndots:(\d{1,4})/.exec(rest) ?? [];
  return dots === undefined ? undefined : Math.min(mostDots, Number(dots));
}

export function optionsIn(rest: string, location: string): ResolverOption[] {
  const found: ResolverOption[] = [];
  for (const word of rest.split(/[ \t\r]+/).slice(0, 32)) {
    const flag = flags[word];
    const [, name, value] = /^(timeout|attempts):(\d{1,4})$/.exec(word) ?? [];
    if (flag !== undefined) found.push({ word: flag, location });
    else if (name === 'timeout' || name === 'attempts')
      found.push({ word: name, value: Math.min(most[name], Number(value)), location });
  }
  return found;
}

/** Of one that is named twice the last one counts. */
export function withoutRepeats(options: readonly ResolverOption[]): ResolverOption[] {
  return options
    .filter(({ word }, at) => options.findLastIndex((one) => one.word === word) === at)
    .slice(0, mostOptions);
}
