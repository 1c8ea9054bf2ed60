// Somebody on the way who looks into what is said.
import { http, https } from '../../world/internet.js';
import { ip, nft, type Step } from '../../world/steps.js';
import { serve, WELCOME, type Draft } from '../world/draft.js';
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

/** A narrow line whose routers may not say so: what is long vanishes. */
function narrow(draft: Draft): string | null {
  const { random, network, aim } = draft;
  const at = random.below(network.routers.length - 1);
  const [near, far] = [network.routers[at], network.routers[at + 1]];
  if (aim.scheme === 'tcp' || network.detour || near === undefined || far === undefined) return null;
  const mtu = random.pick([1300, 1400, 1450]);
  const names = Array.from({ length: 120 }, (_, i) => (i === 0 ? '*.example.com' : `shop${i}.example.com`));
  const long = { ...WELCOME, body: '<p>Welcome.</p>\n'.repeat(400) };
  serve(draft, aim.scheme === 'https' ? https({ names }, long, aim.port) : http(long, aim.port));
  draft.steps.push(
    ip(near, `link set ${network.outward[near] ?? ''} mtu ${mtu}`),
    ip(far, `link set ${network.inward[far] ?? ''} mtu ${mtu}`),
  );
  for (const on of [near, far]) {
    draft.steps.push(
      nft(
        on,
        'table inet silent {\n chain out {\n  type filter hook output priority 0; policy accept;\n  icmp type destination-unreachable icmp code 4 counter drop\n  icmpv6 type packet-too-big counter drop\n }\n}\n',
      ),
    );
  }
  return `${near} to ${far}: ${mtu} bytes at most, and nobody may say so`;
}

export const interference: Faults = [
  [1.5, narrow],
  [2.5, byName],
  [1, interceptor],
];
