// What is compared: the command, and what a person would type otherwise to the same end.
import type { Situation } from './situations.js';

export interface Contestant {
  readonly name: string;
  /** Command lines, run one after the other; each its program and arguments. */
  readonly lines: readonly (readonly [string, ...string[]])[];
}

/** curl itself would wait for more than two minutes on a silent port; a person gives up earlier. */
const curlPatience = '10';

export function contestants(
  situation: Situation,
  command: readonly [string, ...string[]],
  floor: string,
): readonly [Contestant, ...Contestant[]] {
  const { url, port } = situation;
  const host = new URL(url).hostname;
  return [
    { name: 'whoblocked', lines: [command] },
    { name: 'node -e 0', lines: [[floor, '-e', '0']] },
    { name: 'curl', lines: [['curl', '-q', '-sS', '-o', '/dev/null', '--connect-timeout', curlPatience, '--', url]] },
    {
      name: 'dig, ping, traceroute, nmap',
      lines: [
        ['dig', host],
        ['ping', '-c3', host],
        ['traceroute', host],
        ['nmap', '-Pn', '-p', String(port), host],
      ],
    },
  ];
}
