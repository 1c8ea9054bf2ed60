import type { Clock } from '../../ruleset.js';
import { parseHour, parseTime } from '../../values/parse-value.js';
import { type MatchModule, type Option } from './module.js';
import { number } from './numbers.js';

const weekdayNames: readonly string[] = ['', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'];

function days(option: Option, names: readonly string[], top: number): ReadonlySet<number> | undefined {
  const found = new Set<number>();
  for (const word of (option.args[0] ?? '').toLowerCase().split(',')) {
    const named = names.indexOf(word.slice(0, 3));
    const day = named > 0 ? named : number(word.replace(/(st|nd|rd|th)$/, ''), top);
    if (day === undefined || day < 1) return undefined;
    found.add(day);
  }
  if (!option.negated) return found;
  const all = Array.from({ length: top }, (_, i) => i + 1);
  return new Set(all.filter((day) => !found.has(day)));
}

const time: MatchModule = {
  options: {
    timestart: 1,
    timestop: 1,
    datestart: 1,
    datestop: 1,
    weekdays: 1,
    monthdays: 1,
    utc: 0,
    localtz: 0,
    kerneltz: 0,
    contiguous: 0,
  },
  build: (options) => {
    const value = (name: string): string | undefined => options.find((option) => option.name === name)?.args[0];
    const has = (name: string): boolean => options.some((option) => option.name === name);
    const from = parseHour(value('timestart') ?? '00:00');
    const to = parseHour(value('timestop') ?? '23:59:59');
    const dates = [value('datestart'), value('datestop')].map((text) =>
      text === undefined ? undefined : parseTime(text),
    );
    if (
      from === undefined ||
      to === undefined ||
      (value('datestart') !== undefined && dates[0] === undefined) ||
      (value('datestop') !== undefined && dates[1] === undefined)
    )
      return undefined;
    let clock: Clock = { from, to, contiguous: has('contiguous'), kernelZone: has('kerneltz') || has('localtz') };
    if (dates[0] !== undefined) clock = { ...clock, dateFrom: dates[0] };
    if (dates[1] !== undefined) clock = { ...clock, dateTo: dates[1] };
    for (const option of options) {
      if (option.name !== 'weekdays' && option.name !== 'monthdays') continue;
      const found = option.name === 'weekdays' ? days(option, weekdayNames, 7) : days(option, [], 31);
      if (found === undefined) return undefined;
      clock = { ...clock, [option.name]: found };
    }
    return [{ kind: 'clock', clock }];
  },
};

export const timeModules: Readonly<Record<string, MatchModule>> = { time };
