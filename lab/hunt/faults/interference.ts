// Somebody on the way who looks into what is said.
import { https } from '../../world/internet.js';
import { nft, type Step } from '../../world/steps.js';
import { WELCOME, type Draft } from '../world/draft.js';
import type { Faults } from './fault.js';

/** The name in TLS's first message, or in HTTP's request, stops the connection. */
function byName(draft: Draft): string | null {
  const { random, network, aim } = draft;
  if (aim.scheme === 'tcp' || aim.literal) return null;
  const on = random.pick(network.routers);
  const stop = random.pick(['-j DROP', '-j REJECT --reject-with tcp-reset']);
  draft.needs.push('iptables-nft');
  const both = network.detour && on === 'transit' ? (['transit', 'detour'] as const) : [on];
  for (const machine of both) {
    for (const family of network.families) {
      const step: Step = {
        do: 'iptables',
        on: machine,
        family,
        commands: [`-A FORWARD -p tcp --dport ${aim.port} -m string --string ${aim.host} --algo bm ${stop}`],
      };
      draft.steps.push(step);
    }
  }
  return `${on} looks for ${aim.host} (${stop})`;
}

/** Another certificate for every site, by an authority that nobody here knows. */
function interceptor(draft: Draft): string | null {
  const { random, network, aim } = draft;
  if (aim.scheme !== 'https') return null;
  const on = random.pick(network.routers);
  if (network.detour && on === 'transit') return null;
  const port = 10_000 + random.below(900);
  const everywhere = random.chance(0.7);
  draft.services[on] = [
    ...(draft.services[on] ?? []),
    https({ certificate: 'unknown-root' }, WELCOME, port),
    https({ certificate: 'unknown-root', names: ['www.example.net', 'connectivity.example.net'] }, WELCOME, port + 1),
  ];
  const rules = network.families.flatMap((family) => {
    const ip = family === 4 ? 'ip' : 'ip6';
    const own = `  ${ip} daddr ${network.server[family]} tcp dport ${aim.port} counter redirect to :${port}`;
    const reference = `  ${ip} daddr ${network.reference[family]} tcp dport 443 counter redirect to :${port + 1}`;
    return everywhere ? [own, reference] : [own];
  });
  draft.steps.push(
    nft(
      on,
      `table inet gateway {\n chain pre {\n  type nat hook prerouting priority dstnat; policy accept;\n${rules.join('\n')}\n }\n}\n`,
    ),
  );
  return `${on} puts itself between${everywhere ? '' : ', for this server alone'}`;
}

export const interference: Faults = [
  [2.5, byName],
  [1, interceptor],
];
