import { decide, type DecideOptions, type Firewall } from './decide.js';
import { parsePacket } from './packet.js';

const longestLine = 65_536;

/**
 * One line of `rules --packets`: a packet as JSON in, the decision as JSON out. A line that is no packet is answered
 * too, so that answers stay in step with questions; an empty line has none.
 */
export function answerLine(firewall: Firewall, line: string, options: DecideOptions = {}): string | null {
  if (line.trim() === '') return null;
  const packet = read(line);
  if ('error' in packet)
    return JSON.stringify({
      verdict: 'unknown',
      rule: null,
      policy: null,
      why: `the packet is not understood: ${packet.error}`,
    });
  const { verdict, rule, policy, to, how, why, path } = decide(firewall, packet.packet, options);
  return JSON.stringify({
    verdict,
    rule,
    policy,
    ...(to === undefined ? {} : { to }),
    ...(how === undefined ? {} : { how }),
    why,
    ...(options.walk === true ? { path } : {}),
  });
}

function read(line: string): ReturnType<typeof parsePacket> {
  if (line.length > longestLine) return { error: `the line has ${line.length} characters` };
  try {
    return parsePacket(JSON.parse(line));
  } catch {
    return { error: 'the line is not JSON' };
  }
}
