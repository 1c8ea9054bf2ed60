import { isWildcard, nameMatches } from '../decide/names.js';
import type { Places } from './number-index.js';

/** Rules by the interface (or cgroup) that they ask for. */
export class NameIndex {
  readonly all: Places = [];
  private readonly exact = new Map<string, Places>();
  private readonly wildcards = new Map<string, Places>();

  cost(patterns: readonly string[]): number {
    let cost = 0;
    for (const pattern of patterns) cost += this.placesOf(pattern)?.length ?? 0;
    return cost;
  }

  private placesOf(pattern: string): Places | undefined {
    return isWildcard(pattern) ? this.wildcards.get(pattern) : this.exact.get(plain(pattern));
  }

  add(patterns: readonly string[], place: number): void {
    this.all.push(place);
    for (const pattern of patterns) {
      const map = isWildcard(pattern) ? this.wildcards : this.exact;
      const key = isWildcard(pattern) ? pattern : plain(pattern);
      const places = map.get(key);
      if (places === undefined) map.set(key, [place]);
      else if (places[places.length - 1] !== place) places.push(place);
    }
  }

  find(name: string, out: Places[]): void {
    const exact = this.exact.get(name);
    if (exact !== undefined) out.push(exact);
    for (const [pattern, places] of this.wildcards) if (nameMatches(pattern, name)) out.push(places);
  }
}

/** The name that a pattern without a wildcard means. */
function plain(pattern: string): string {
  return pattern.endsWith('\\*') ? `${pattern.slice(0, -2)}*` : pattern;
}
