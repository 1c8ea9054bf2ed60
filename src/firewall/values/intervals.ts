/** A field's value: 53 bits and less as a number, IPv6 addresses as a bigint. One field never mixes the two. */
export type Num = number | bigint;

/**
 * Closed ranges, sorted, disjoint and not adjacent, as [low, high, low, high…]: one way to write each set of numbers,
 * in one flat array because rulesets hold a hundred thousand of them.
 */
export type Intervals = readonly Num[];

export const nothing: Intervals = [];

export function single(value: Num): Intervals {
  return [value, value];
}

export function range(low: Num, high: Num): Intervals {
  return low > high ? nothing : [low, high];
}

/** The next value up: what makes two ranges adjacent. */
function after(value: Num): Num {
  return typeof value === 'bigint' ? value + 1n : value + 1;
}

function before(value: Num): Num {
  return typeof value === 'bigint' ? value - 1n : value - 1;
}

/** Any ranges, in any order, overlapping or not. Those with low above high hold nothing. */
export function fromRanges(ranges: readonly (readonly [Num, Num])[]): Intervals {
  const first = ranges[0];
  if (ranges.length === 1 && first !== undefined) return range(first[0], first[1]);
  const sorted = ranges.filter(([low, high]) => low <= high).sort((a, b) => (a[0] < b[0] ? -1 : a[0] > b[0] ? 1 : 0));
  const out: Num[] = [];
  let end: Num | undefined;
  for (const [low, high] of sorted) {
    if (end !== undefined && low <= after(end)) {
      if (high > end) out[out.length - 1] = end = high;
    } else out.push(low, (end = high));
  }
  return out;
}

export function contains(set: Intervals, value: Num): boolean {
  if (set.length === 2) return value >= (set[0] as Num) && value <= (set[1] as Num);
  let left = 0;
  let right = set.length >> 1;
  while (left < right) {
    const middle = (left + right) >> 1;
    if ((set[2 * middle + 1] as Num) < value) left = middle + 1;
    else right = middle;
  }
  return 2 * left < set.length && (set[2 * left] as Num) <= value;
}

export function intersect(a: Intervals, b: Intervals): Intervals {
  const out: Num[] = [];
  for (let i = 0, j = 0; i < a.length && j < b.length;) {
    const aHigh = a[i + 1] as Num;
    const bHigh = b[j + 1] as Num;
    const low = (a[i] as Num) > (b[j] as Num) ? (a[i] as Num) : (b[j] as Num);
    const high = aHigh < bHigh ? aHigh : bHigh;
    if (low <= high) out.push(low, high);
    if (aHigh < bHigh) i += 2;
    else j += 2;
  }
  return out;
}

/** What is in `all` and not in `set`. */
export function without(all: Intervals, set: Intervals): Intervals {
  if (all.length === 0) return all;
  const gaps: Num[] = [];
  let start = all[0] as Num;
  const last = all[all.length - 1] as Num;
  for (let i = 0; i < set.length; i += 2) {
    const low = set[i] as Num;
    const high = set[i + 1] as Num;
    if (high < start) continue;
    if (low > last) break;
    if (low > start) gaps.push(start, before(low));
    start = after(high);
  }
  if (start <= last) gaps.push(start, last);
  return all.length === 2 ? gaps : intersect(all, gaps);
}

export function union(a: Intervals, b: Intervals): Intervals {
  return fromRanges([...pairs(a), ...pairs(b)]);
}

export function pairs(set: Intervals): [Num, Num][] {
  const out: [Num, Num][] = [];
  for (let i = 0; i < set.length; i += 2) out.push([set[i] as Num, set[i + 1] as Num]);
  return out;
}

/** The only member, or undefined when there are none or several. */
export function onlyMember(set: Intervals): Num | undefined {
  return set.length === 2 && set[0] === set[1] ? set[0] : undefined;
}

/** Whether all, some or none of `domain` lies in `set`. An empty domain counts as none. */
export function overlap(domain: Intervals, set: Intervals): 'all' | 'some' | 'none' {
  const common = intersect(domain, set);
  if (common.length === 0) return 'none';
  return common.length === domain.length && common.every((value, i) => value === domain[i]) ? 'all' : 'some';
}

export function isEmpty(set: Intervals): boolean {
  return set.length === 0;
}
