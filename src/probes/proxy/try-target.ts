import type { Duplex } from 'node:stream';
import type { TlsTry, HttpTry } from '../../model/facts.js';
import type { Context } from '../../model/gatherer.js';
import type { ProxySetting, ProxyTrial } from '../../model/proxy-facts.js';
import type { Target } from '../../model/target.js';
import { proxiedBy } from '../http/proxied-request.js';
import type { Request } from '../http/exchange.js';
import { askStep } from '../redirects/ask-step.js';
import { openWay } from './open-way.js';
import { goalOf } from './proxy-goal.js';

/** The target to its end through some proxy: TLS and one request as far as it speaks them. */
export async function tryThrough(setting: ProxySetting, target: Target, context: Context): Promise<ProxyTrial> {
  const goal = goalOf(target, null);
  const { way, stream } = await openWay(setting, goal, context);
  return stream ? { way, ...(await askTarget(target, target.host, stream, context, proxiedBy(way))) } : { way };
}

/** What the target says on a connection that leads to it. Of a service that is no HTTP only the connection counts. */
export async function askTarget(
  target: Target,
  address: string,
  stream: Duplex,
  context: Context,
  proxied: Pick<Request, 'proxied'> = {},
): Promise<{ readonly tls?: TlsTry; readonly http?: HttpTry }> {
  const { host, port, path, transport, protocol } = target;
  if (protocol !== 'http') {
    stream.destroy();
    return {};
  }
  return askStep({ secure: transport === 'tls', host, port, path }, address, stream, context, proxied);
}
