import type { Cause, Evidence } from '../../model/cause.js';
import { fact } from '../../model/facts.js';
import { symptoms } from '../../model/failure.js';
import { hostPort } from '../../model/address.js';
import type { Side } from '../../model/words.js';
import { notYetAsked } from '../evidence/not-yet-asked.js';
import { placeOf } from './hop-place.js';

/** The server offers HTTP/3, TCP reaches it, and QUIC does not: browsers go on without it. */
export const cause: Cause = {
  id: 'quic-blocked',
  side: 'path',
  stage: 'connect',
  title: 'HTTP/3 is blocked',
  symptoms: symptoms('datagram'),
  needs: ['quic', 'quic.references', 'device.routes'],
  judge(attempt, scene) {
    const tries = (fact(scene.facts, 'quic') ?? []).filter(
      (one) => one.address === attempt.address && one.port === attempt.port,
    );
    if (attempt.protocol !== 'quic' || tries.length === 0)
      return { says: 'unknown', missing: [], because: 'QUIC was not tried' };
    if (tries.some(({ failure }) => !failure))
      return { says: 'ruledOut', because: 'the server answers by QUIC', facts: ['quic'] };
    if (attempt.outcome.code === 'failed')
      return { says: 'unknown', missing: [], because: 'the question could not be sent' };
    const at = hostPort(attempt.address ?? '', attempt.port ?? 0);
    const here = attempt.outcome.code === 'not-permitted';
    const sender = tries.flatMap(({ icmp }) => icmp ?? []).find(({ origin }) => origin !== 'local')?.from ?? null;
    const others = fact(scene.facts, 'quic.references');
    const passing = others?.find(({ failure }) => !failure);
    const silent = !here && sender === null;
    const said: Evidence[] = [
      {
        fact: 'quic',
        says: here
          ? `this computer does not let a datagram to ${at} out`
          : sender !== null
            ? `${sender} refuses datagrams to ${at}`
            : `${tries.length} questions to ${at} by QUIC got no answer, while TCP connects to the same port`,
      },
      ...(passing ? [{ fact: 'quic.references' as const, says: `${passing.name} does answer by QUIC` }] : []),
    ];
    const router = sender !== null && sender !== attempt.address ? placeOf(sender, scene) : null;
    const side: Side = here
      ? 'this-device'
      : (router?.side ?? (sender !== null ? 'server' : passing ? 'unknown' : 'path'));
    return {
      says: 'fits',
      side,
      // From here a server that promises more than it has looks like a filter beside it.
      ...(silent ? { atMost: 'likely' as const } : {}),
      ...(sender === null
        ? {}
        : { culprit: { kind: 'hop', address: sender, name: router?.name ?? 'the server' } as const }),
      summary: summaryOf(attempt.host, here, router?.name, passing !== undefined),
      advice: here
        ? 'let UDP to port 443 out, or leave it: browsers use the slower HTTP/2 then'
        : 'nothing has to be done: browsers use the slower HTTP/2 then',
      evidence: said,
      missing: notYetAsked(
        scene,
        ...(silent ? (['quic.references'] as const) : []),
        ...(router ? (['device.routes'] as const) : []),
      ),
    };
  },
};

function summaryOf(host: string, here: boolean, router: string | undefined, passes: boolean): string {
  if (here) return `This computer itself blocks HTTP/3 (UDP) to ${host}.`;
  if (router !== undefined) return `HTTP/3 to ${host} is blocked by ${router}.`;
  return passes
    ? `${host} offers HTTP/3, but it does not get through to this server; to others it does.`
    : `${host} offers HTTP/3, but it does not get through.`;
}
