// Connections that are led elsewhere.
import { nft } from '../../world/steps.js';
import type { Draft } from '../world/draft.js';
import type { Faults } from './fault.js';

function led(draft: Draft): string {
  const { random, network, aim } = draft;
  const on = random.pick(['device', network.routers[0] ?? 'home'] as const);
  const [hook, place] = on === 'device' ? ['output', '-100'] : ['prerouting', 'dstnat'];
  const to = 1 + random.below(9);
  const rules = aim.families.map((family) => {
    const ip = family === 4 ? 'ip' : 'ip6';
    const server = network.server[family];
    const where =
      on === 'device' && random.chance(0.5)
        ? `redirect to :${to}`
        : `dnat ${ip} to ${family === 4 ? server : `[${server}]`}:${to}`;
    return `  ${ip} daddr ${server} tcp dport ${aim.port} counter ${where}`;
  });
  draft.steps.push(
    nft(
      on,
      `table inet lead${random.below(90)} {\n chain way {\n  type nat hook ${hook} priority ${place}; policy accept;\n${rules.join('\n')}\n }\n}\n`,
    ),
  );
  return `${on} leads the connection to a dead port`;
}

export const translations: Faults = [[1.5, led]];
