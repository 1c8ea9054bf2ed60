import type { Match } from '../../ruleset.js';
import { withinCgroup } from '../nft/match.js';
import { range, single } from '../../values/intervals.js';
import { type MatchModule, opaque, optionText } from './module.js';
import { compare, number } from './numbers.js';

/** `1000` or `1000-2000`. Names of users differ between machines; only root is the same everywhere. */
function ids(text: string): [number, number] | undefined {
  const [low, high, more] = text.split('-');
  const first = low === 'root' ? 0 : number(low);
  const last = high === undefined ? first : number(high);
  return first === undefined || last === undefined || more !== undefined || first > last ? undefined : [first, last];
}

/**
 * Who owns the socket that sent the packet. A packet of the kernel's own has none: it matches only a rule whose every
 * option is negated (owner_mt).
 */
const owner: MatchModule = {
  options: { 'uid-owner': 1, 'gid-owner': 1, 'socket-exists': 0, 'suppl-groups': 0 },
  build: (options) => {
    const asked = options.filter((option) => option.name !== 'suppl-groups');
    const whenAbsent = asked.every((option) => option.negated);
    const matches: Match[] = [];
    for (const option of asked) {
      if (option.name === 'socket-exists') {
        matches.push(opaque(`-m owner ${optionText(option)}`, 'asks whether a socket sent it'));
        continue;
      }
      const found = ids(option.args[0] ?? '');
      if (found === undefined) {
        matches.push(opaque(`-m owner ${optionText(option)}`, 'names a user or group by name'));
      } else if (option.name === 'gid-owner' && options.length !== asked.length) {
        matches.push(opaque(`-m owner ${optionText(option)} --suppl-groups`, 'asks for supplementary groups'));
      } else {
        matches.push(
          compare(
            option.name === 'uid-owner' ? 'meta skuid' : 'meta skgid',
            range(found[0], found[1]),
            option.negated,
            whenAbsent,
          ),
        );
      }
    }
    return matches;
  },
};

const cgroup: MatchModule = {
  options: { path: 1, cgroup: 1 },
  build: (options) => {
    const matches: Match[] = [];
    for (const option of options) {
      const value = option.args[0] ?? '';
      const classid = number(value);
      if (option.name === 'path') {
        matches.push({ kind: 'name', field: 'cgroup', patterns: [withinCgroup(value)], negated: option.negated });
      } else if (classid === undefined) return undefined;
      else matches.push(compare('meta cgroup', single(classid), option.negated));
    }
    return matches;
  },
};

export const socketModules: Readonly<Record<string, MatchModule>> = { owner, cgroup };
