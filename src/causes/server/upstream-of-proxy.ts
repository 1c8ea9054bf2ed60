import { hostPort } from '../../model/address.js';
import type { FailedAttempt } from '../../model/attempt.js';
import type { Finding, Scene } from '../../model/cause.js';
import { fact, type HttpTry } from '../../model/facts.js';
import type { ProxyWay } from '../../model/proxy-facts.js';
import { directly, isNearby, notTriedDirectly, proxyName, wayOf } from '../evidence/proxy-evidence.js';

/**
 * The gateway is this device's own proxy: it answers that it cannot reach the target, or is silent while it tries. From
 * behind the proxy nobody here can look further.
 */
export function upstreamOfProxy(attempt: FailedAttempt, scene: Scene): Finding {
  const way = wayOf(attempt, scene);
  if (!way) return { says: 'unknown', missing: ['proxy.way'] };
  const { code, raw } = attempt.outcome;
  if (code !== 'upstream-failed' && code !== 'timed-out' && attempt.stage === 'proxy')
    return { says: 'ruledOut', because: 'the proxy does not speak of the server behind it', facts: ['proxy.way'] };
  if (notTriedDirectly(attempt, scene)) return { says: 'unknown', missing: ['connect.direct'] };
  if (directly(attempt, scene)?.reaches)
    return { says: 'ruledOut', because: 'the server answers without the proxy', facts: ['connect.direct'] };
  const silent = code === 'timed-out';
  const said = wordsOf(way, scene);
  const place = hostPort(attempt.host, scene.facts.target.port);
  return {
    says: 'fits',
    weight: silent ? 0.5 : 0.8,
    stage: 'proxy',
    culprit: { kind: 'server', name: attempt.host },
    summary: silent
      ? `The proxy ${proxyName(way.setting)} gets no answer from ${place}, or does not answer itself.`
      : `The proxy ${proxyName(way.setting)} works, but cannot reach ${place}${said}.`,
    advice: isNearby(attempt.host)
      ? 'a proxy cannot reach what only this computer or its network knows; see no_proxy'
      : 'check the name and the port; whoever runs the proxy sees more',
    evidence: [{ fact: attempt.stage === 'proxy' ? 'proxy.way' : 'http', says: `the proxy answers ${raw}` }],
  };
}

/** What the proxy adds, as far as it is known what it means (squid's error names; SOCKS replies). */
function wordsOf(way: ProxyWay, scene: Scene): string {
  const tunnel = way.tunnels.at(-1);
  const reply = tunnel?.reply === undefined ? undefined : replies[tunnel.reply];
  const headers = tunnel?.headers ?? fact(scene.facts, 'http')?.at(-1)?.headers ?? {};
  const words = reply ?? squidSays(headers);
  return words === undefined ? '' : `: ${words}`;
}

/** What squid gives as the reason why it does not reach a server; undefined where it gives none that is known here. */
export function squidSays(headers: Readonly<Record<string, string>>): string | undefined {
  const [, error = '', errno = ''] = /^(\w{1,60})(?: (\d{1,3}))?/.exec(headers['x-squid-error'] ?? '') ?? [];
  return (error === 'ERR_CONNECT_FAIL' ? connectErrors[errno] : undefined) ?? errors[error];
}

const replies: Readonly<Record<number, string>> = {
  3: 'its network cannot be reached from there',
  4: 'its address answers to nobody',
  5: 'it refuses the connection',
};

const errors: Readonly<Record<string, string | undefined>> = {
  ERR_DNS_FAIL: 'its name is not known there',
  ERR_CONNECT_FAIL: 'it takes no connection',
  ERR_READ_TIMEOUT: 'it does not answer',
};

/** Squid adds the errno of its connect(), by the numbers of Linux (errorpage.cc, `X-Squid-Error: ERR_CONNECT_FAIL 111`). */
const connectErrors: Readonly<Record<string, string | undefined>> = {
  '101': 'its network cannot be reached from there',
  '110': 'it does not answer there',
  '111': 'it refuses the connection',
  '113': 'its address answers to nobody',
};

/** A page by which the proxy itself says so: squid and others name themselves in it. */
export function writtenByOwnProxy(attempt: FailedAttempt, answer: HttpTry | undefined, scene: Scene): boolean {
  if (!attempt.throughProxy || wayOf(attempt, scene)?.forwards !== true || !answer) return false;
  const { headers } = answer;
  return headers['x-squid-error'] !== undefined || /^(?:squid|tinyproxy|privoxy)\b/i.test(headers['server'] ?? '');
}
