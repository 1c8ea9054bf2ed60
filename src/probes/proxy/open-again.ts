import type { Duplex } from 'node:stream';
import { fact } from '../../model/facts.js';
import type { ProxyWay } from '../../model/proxy-facts.js';
import type { Failure } from '../../model/failure.js';
import type { Context } from '../../model/gatherer.js';
import { proxyOf } from '../../model/proxied.js';
import { openWay } from './open-way.js';
import { goalOf } from './proxy-goal.js';

/** A new connection to the target through its proxy. */
export async function openAgain(context: Context): Promise<Duplex | Failure> {
  const facts = context.latest();
  const setting = proxyOf(facts);
  if (!setting) return { operation: 'proxy', code: 'unusable', raw: 'no proxy' };
  const goal = goalOf(facts.target, fact(facts, 'name.system')?.addresses ?? []);
  const { way, stream } = await openWay(setting, goal, context);
  return stream ?? endOf(way) ?? { operation: 'proxy', code: 'closed', raw: 'no connection' };
}

/** Where the way ended. */
export function endOf(way: ProxyWay): Failure | undefined {
  return way.tunnels.at(-1)?.failure ?? way.tls?.failure ?? way.connect.at(-1)?.first.failure ?? way.nameFailure;
}
