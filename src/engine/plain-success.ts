import { hasFailed } from '../model/attempt.js';
import { type ConnectTry, fact, type Facts } from '../model/facts.js';
import { pageInstead } from '../model/page-instead.js';
import { programAttempts } from './program-attempts.js';

/** Its first packet, or the answer to it, got lost: it held only when the kernel tried again. */
function wasSentAgain({ tcp }: ConnectTry): boolean {
  return (tcp?.totalRetransmitted ?? 0) > 0;
}

/** Whoever had to wait that long for a name has a name server that does not answer. */
const slowNameMs = 900;

/** Everything that was tried held at once: no cause needs to be heard. */
export function isPlainSuccess(facts: Facts): boolean {
  const { target } = facts;
  const name = facts['name.system'];
  if (name?.state === 'known' && (name.value.silentMs !== undefined || name.value.failedFirst || name.ms >= slowNameMs))
    return false;
  if (facts['device.program'] && programAttempts(facts).some(hasFailed)) return false;
  const way = facts['proxy.way'];
  const proxied = way?.state === 'known';
  const connect = proxied ? way.value.connect : facts.connect?.state === 'known' ? facts.connect.value : [];
  if (connect.length === 0 || connect.some((probe) => probe.first.failure || wasSentAgain(probe.first))) return false;
  if (target.transport === 'tls' && (facts.tls?.state !== 'known' || facts.tls.value.some((one) => one.failure)))
    return false;
  if (facts.redirects?.state === 'known') return false;
  if (fact(facts, 'browser.trials')?.runs[0]?.failure !== undefined) return false;
  if (fact(facts, 'tls.largeHello')?.trials.some(({ ending }) => ending !== 'answered')) return false;
  if (facts.quic?.state === 'known' && facts.quic.value.some((one) => one.failure)) return false;
  if (pageInstead(facts) !== null) return false;
  if (target.protocol === 'http') {
    return facts.http?.state === 'known' && facts.http.value.every((one) => !one.failure && (one.status ?? 0) < 300);
  }
  return facts.greeting?.state === 'known' && facts.greeting.value.every((one) => !one.failure);
}
