import type { Cause } from '../../model/cause.js';
import { fact } from '../../model/facts.js';
import { symptoms } from '../../model/failure.js';
import { place } from '../evidence/tls-evidence.js';

/** The service was reached and says itself that it will not have this client. */
export const cause: Cause = {
  id: 'service-refuses-client',
  side: 'server',
  stage: 'service',
  title: 'The service itself refuses this computer',
  symptoms: symptoms('service', 'refuses'),
  unix: true,
  needs: ['greeting'],
  judge(attempt, scene) {
    const heard = fact(scene.facts, 'greeting')?.find((one) => one.failure?.code === 'refuses');
    if (!heard) return { says: 'unknown', missing: ['greeting'] };
    const words = (heard.text ?? attempt.outcome.raw).slice(0, 200);
    return {
      says: 'fits',
      weight: 0.9,
      culprit: { kind: 'service', name: words, ...(attempt.address !== null && { address: attempt.address }) },
      summary: `The ${heard.protocol ?? ''} service at ${place(attempt)} refuses this computer.`.replace('  ', ' '),
      advice: advice[heard.protocol ?? ''] ?? 'ask whoever runs it to let this computer in',
      evidence: [{ fact: 'greeting', says: `its own words: ${words}` }],
    };
  },
};

const advice: Readonly<Record<string, string>> = {
  postgres: 'add a line for this computer to pg_hba.conf there and reload the server',
  mysql: "on the server, let the user connect from this computer's address (GRANT, or the host in CREATE USER)",
  redis: 'set a password or an address to listen on there, then switch protected-mode off',
  smtp: "use your provider's mail server with your login; many servers refuse mail from home addresses",
  ssh: 'wait and try again: the server has too many logins at once, or has seen too many that failed',
};
