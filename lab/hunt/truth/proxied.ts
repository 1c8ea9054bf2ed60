// Why a connection by way of a proxy brought nothing.
import type { Observation, TriedAndSeen } from '../observe/observation.js';
import type { Network } from '../world/network.js';
import { whyNotConnected, type Around } from './connecting.js';
import { addressIn, explain, type Explanation } from './truth.js';

/** A setting that leads nowhere and a proxy that is gone look the same, as far as nobody knows the right setting. */
export function whyProxyFailed(
  one: TriedAndSeen,
  seen: Observation,
  network: Network,
  around: Around,
): Explanation | null {
  const { tried } = one;
  const culprit = addressIn([tried.address]);
  if (tried.connect !== 'ok') {
    const below = whyNotConnected(one, seen, network, around);
    const made = explain('proxy-unreachable', `no connection to the proxy: ${below.happened.join()}`, {
      culprit,
      also: ['proxy-misconfigured'],
    });
    return {
      ...made,
      right: [...made.right, ...below.right.filter(({ cause }) => !cause.startsWith('nothing-'))],
      alike: below.alike,
    };
  }
  const { proxy } = tried;
  if (!proxy || proxy.status === 200) return null;
  if (proxy.status === 403 || proxy.status === 407)
    return explain('proxy-refuses', `the proxy answered ${proxy.status}`, {
      culprit,
      also: proxy.status === 407 ? ['proxy-misconfigured'] : [],
    });
  if (proxy.outcome === 'timed-out')
    return explain('proxy-refuses', 'the proxy took the connection and said nothing', {
      culprit,
      also: ['proxy-unreachable', 'proxy-misconfigured'],
    });
  if (proxy.status === 0)
    return explain('proxy-refuses', `the proxy hung up (${proxy.outcome})`, {
      culprit,
      also: ['proxy-unreachable', 'proxy-misconfigured'],
    });
  return explain('proxy-misconfigured', `what answers there is no proxy (${proxy.status})`, {
    also: ['proxy-refuses', 'proxy-unreachable'],
  });
}
