// Packets that get lost by chance.
import { nft } from '../../world/steps.js';
import type { Draft } from '../world/draft.js';
import type { Faults } from './fault.js';

function lossy(draft: Draft): string {
  const { random, network } = draft;
  const on = random.pick(network.routers);
  const share = random.pick([10, 20, 35, 50, 65]);
  const way = random.pick(['there', 'back', 'both'] as const);
  const inward = network.inward[on] ?? 'lan';
  const match = { there: `iifname "${inward}" `, back: `oifname "${inward}" `, both: '' }[way];
  draft.steps.push(
    nft(
      on,
      `table inet radio {\n chain air {\n  type filter hook forward priority 0; policy accept;\n  ${match}meta l4proto { tcp, udp } numgen random mod 100 < ${share} counter drop\n }\n}\n`,
    ),
  );
  return `${on} loses ${share} of 100 (${way})`;
}

export const losses: Faults = [[2, lossy]];
