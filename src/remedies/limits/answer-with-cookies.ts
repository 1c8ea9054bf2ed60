import { fact } from '../../model/facts.js';
import type { Ailment, Plan, Remedy } from '../../model/remedy.js';

/** Where too many connections are begun and never answered, the kernel answers all without remembering any (RFC 4987, 3.6). */
export const remedy: Remedy<{ readonly canKeep: boolean }> = {
  id: 'answer-with-cookies',
  risk: 'low',
  needs: 'root',
  platforms: ['linux'],
  title: 'lets this computer answer new connections without remembering them first',
  offers: isHalfOpenFull,
  // A server elsewhere has no queue that could be seen from here.
  concerns: ({ verdict: { culprit } }) => culprit?.kind === 'limit',
  look: async (_ailment, { system }) => ({ canKeep: await system.files.exists('/etc/sysctl.d') }),
  plan(ailment, { canKeep }): Plan | { readonly whyNot: string } {
    if (!isHalfOpenFull(ailment))
      return { whyNot: 'the queue is full of connections that are open: only the program itself can take them' };
    return {
      title: 'switches SYN cookies on: the kernel answers new connections without remembering them first',
      operations: [{ kind: 'sysctl-set', name: 'net.ipv4.tcp_syncookies', value: [1], ...(canKeep && { kept: true }) }],
      opens: [],
      wider: false,
      mayCutOff: false,
      notes: [
        canKeep ? 'it holds after a restart too' : 'it holds until the computer restarts',
        'while more are begun than may wait, new connections go without options (window scaling, SACK): slower, not refused',
        'find out who begins so many (ss -tn state syn-recv): it may be an attack',
      ],
    };
  },
};

/** The kernel threw attempts away for it and made no cookies: that is what the verdict then says. */
function isHalfOpenFull({ verdict: { culprit }, facts }: Ailment): boolean {
  const halfOpen = fact(facts, 'inbound')?.halfOpen;
  return culprit?.kind === 'limit' && halfOpen != null && halfOpen.dropped > 0 && halfOpen.cookies === 0;
}
