import type { FailedAttempt } from '../../model/attempt.js';
import type { Finding, Scene } from '../../model/cause.js';
import { isOwnAddress, traceOf } from './connection-evidence.js';
import { listenersFor, processName } from './listener-evidence.js';

const says: Readonly<Record<string, { readonly policy: string; readonly why: string; readonly advice: string }>> = {
  SOCKET_FILTER: {
    policy: 'filter (BPF) on what comes in to the socket of',
    why: 'throws away what comes to its port, by a filter of its own socket',
    advice:
      'look at the settings of that program, and for BPF programs of its control group (sudo bpftool cgroup tree)',
  },
  TCP_MD5NOTFOUND: {
    policy: 'TCP-MD5 signatures (RFC 2385), demanded by',
    why: 'takes only what is signed (TCP-MD5, as routers do for BGP), and throws away the rest',
    advice: 'such a port is for those who have its key; look at the settings of that program',
  },
};

/**
 * What we send to this device itself reached the socket that listens, within our own system call, and the kernel threw it
 * away there each time. Null where it did not. Of other addresses that may be a neighbour's on the same machine.
 */
export function lostAtListener(attempt: FailedAttempt, scene: Scene): Finding | null {
  if (attempt.stage !== 'connect' || attempt.outcome.code !== 'timed-out') return null;
  const [listener] = isOwnAddress(attempt.address, scene) ? (listenersFor(attempt, scene)?.reachable ?? []) : [];
  if (!listener) return null;
  const who = processName(listener);
  const traced = traceOf(attempt, scene);
  const reason = traced?.lost?.find((one) => says[one] !== undefined);
  const said = reason === undefined ? undefined : says[reason];
  if (!traced) return unseen(who, attempt.port ?? 0);
  if (!said) return null;
  return {
    says: 'proven',
    side: 'this-device',
    stage: 'connect',
    culprit: { kind: 'policy', name: `${said.policy} ${who}` },
    summary: `${who} listens on port ${attempt.port ?? 0} of this computer and ${said.why}.`,
    advice: said.advice,
    evidence: [
      { fact: 'device.listeners', says: `${who} listens there` },
      {
        fact: 'kernel.trace',
        says: `no rule stopped our packet; at that socket the kernel threw it away each time, and gave ${reason ?? ''} as the reason`,
      },
    ],
  };
}

/** As likely as a rule of the firewall that nobody has seen. */
function unseen(who: string, port: number): Finding {
  return {
    says: 'fits',
    // Just less than that rule: neither is to hide the other.
    weight: 0.24,
    atMost: 'likely',
    side: 'this-device',
    summary: `${who}, which listens on port ${port}, may throw away what comes itself (a filter of its socket, TCP-MD5); without root that cannot be seen.`,
    advice: 'run the same as root (sudo): the kernel then tells',
    evidence: [{ fact: 'device.listeners', says: `${who} listens there, and is silent` }],
    missing: ['kernel.trace'],
  };
}
