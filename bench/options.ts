// The words of `npm run bench`.
import { parseArgs } from 'node:util';

export type Identity = 'root' | 'user';

export interface BenchOptions {
  /** Part of a situation's id; all when empty. */
  pattern: string;
  runs: number;
  as: readonly Identity[];
  json: boolean;
  /** The command and the floor alone: a few seconds instead of minutes. */
  alone: boolean;
  /** What was measured when, of the waits. */
  steps: boolean;
  /** Another build of the command than dist/. */
  cli: string | null;
}

export const USAGE = `npm run bench -- [situation] [options]
  situation       runs those whose id holds it (healthy, refused, icmp-reject, local-drop, remote-drop,
                  firewall, state, trace, waits, or one of the scenarios behind a slow line: waits path/sni-reset)
  --runs N        runs of each command (default 9); what takes longer than 2 s is run twice at most
  --as WHO        root, user or both (default both)
  --alone         only the command itself and node's own start, without curl, dig, ping, traceroute, nmap, nft and
                  iptables-restore
  --json          one JSON document on stdout instead of the table
  --steps         of the waits: what was measured when, in the quickest run
  --cli FILE      the command to run instead of dist/cli.cjs
`;

export function readOptions(args: readonly string[]): BenchOptions {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: {
      runs: { type: 'string' },
      as: { type: 'string' },
      json: { type: 'boolean' },
      alone: { type: 'boolean' },
      steps: { type: 'boolean' },
      cli: { type: 'string' },
    },
  });
  const runs = values.runs ?? '9';
  if (!/^[1-9]\d{0,2}$/.test(runs)) throw new Error('--runs wants a whole number from 1 to 999');
  const who = values.as ?? 'both';
  if (who !== 'root' && who !== 'user' && who !== 'both') throw new Error('--as wants root, user or both');
  return {
    pattern: positionals.join(' '),
    runs: Number(runs),
    as: who === 'both' ? ['root', 'user'] : [who],
    json: values.json ?? false,
    alone: values.alone ?? false,
    steps: values.steps ?? false,
    cli: values.cli ?? null,
  };
}
