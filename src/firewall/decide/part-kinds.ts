import type { Match, Part } from '../ruleset.js';

export function isMatch(part: Part): part is Match {
  switch (part.kind) {
    case 'compare':
    case 'name':
    case 'lookup':
    case 'ipset':
    case 'all':
    case 'any':
    case 'merged':
    case 'clock':
    case 'may':
    case 'opaque':
      return true;
    default:
      return false;
  }
}

/** Whether anything from this part on can decide or change something. */
export function changesAnything(parts: readonly Part[], from: number): boolean {
  for (let i = from; i < parts.length; i++) {
    const part = parts[i] as Part;
    if (!isMatch(part) && part.kind !== 'note' && !(part.kind === 'verdict' && part.verdict.to === 'continue'))
      return true;
  }
  return false;
}
