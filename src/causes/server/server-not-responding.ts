import type { FailedAttempt } from '../../model/attempt.js';
import type { Cause, Scene } from '../../model/cause.js';
import { fact as factOf, type FactKey, type HttpTry } from '../../model/facts.js';
import { symptoms } from '../../model/failure.js';
import { hasNameToCompare, openedSlowly, trickled } from '../../model/pace.js';
import { containerBehind, containerNotAsked, containerWords } from '../evidence/container-behind.js';
import { heldByProgramHere } from '../evidence/led-to-program.js';
import { answersSomethingElse, dependsOn, interferenceOf } from '../evidence/interference-evidence.js';
import { failedAnswer } from '../evidence/http-evidence.js';
import { systemTakesNothing } from '../evidence/takes-nothing.js';
import { failsByTls13, handshakeDone, place, variation, variationsSettled } from '../evidence/tls-evidence.js';
import { ruledOutAsKept } from '../evidence/kept-back.js';

/**
 * The connection stands, and nothing comes. The kernel of the server accepts connections while its program hangs; a
 * path on which large packets vanish looks alike, and so does a filter that swallows a name (another name then works).
 */
export const cause: Cause = {
  id: 'server-not-responding',
  side: 'server',
  stage: 'service',
  title: 'The server accepts the connection and does not answer',
  symptoms: [...symptoms('tls', 'timed-out'), ...symptoms('http', 'timed-out'), ...symptoms('service', 'timed-out')],
  unix: true,
  needs: ['tls.variations', 'device.containers'],
  yieldsTo: [
    'wrong-scheme-or-port',
    'transparent-proxy',
    'sni-filtered',
    'path-mtu-blackhole',
    'packet-loss',
    'server-overloaded',
    'too-many-open-files',
    'captive-portal',
    'internet-down',
    'http-filtered',
    'service-outage',
    'client-banned',
  ],
  judge(attempt, scene) {
    const kept = ruledOutAsKept(attempt, scene);
    if (kept) return kept;
    const here = heldByProgramHere(attempt, scene);
    if (here) return here;
    const varied = attempt.stage === 'tls';
    const same = handshakeDone(variation(attempt, scene, 'same'));
    if (
      varied &&
      !same &&
      ['other-name', 'no-name'].some((kind) => handshakeDone(variation(attempt, scene, kind as 'no-name')))
    ) {
      return { says: 'ruledOut', because: 'it answers when another name or none is sent', facts: ['tls.variations'] };
    }
    if (varied && failsByTls13(attempt, scene))
      return { says: 'ruledOut', because: 'it answers when TLS 1.3 is left out', facts: ['tls.variations'] };
    const found = interferenceOf(attempt, scene);
    if (found && dependsOn(found) !== null)
      return { says: 'ruledOut', because: 'it answers when something else is asked for', facts: ['interference'] };
    if (found && answersSomethingElse(found))
      return { says: 'unknown', missing: [], because: 'now and then it answers when something else is asked for' };
    if ((['as-redis', 'as-postgres'] as const).some((kind) => kind === `as-${variation(attempt, scene, kind)?.speaks}`))
      return {
        says: 'ruledOut',
        because: "it answers to the first words of another service's client",
        facts: ['tls.variations'],
      };
    if (systemTakesNothing(attempt, scene))
      return {
        says: 'unknown',
        missing: [],
        because: 'not even its system takes what is sent, as that of a program that hangs does',
      };
    if (answersSmallPackets(attempt, scene))
      return {
        says: 'unknown',
        missing: [],
        because: 'it answered where packets are small, and not where they are not',
      };
    const container = containerBehind(attempt, scene);
    const answer = attempt.stage === 'http' ? failedAnswer(attempt, scene) : undefined;
    // Something does come, or came slowly before: who slows it down shows where another name is asked beside it.
    if (
      answer &&
      (trickled(answer) || openedSlowly(scene.facts, answer)) &&
      attempt.hop === 0 &&
      hasNameToCompare(scene.facts.target) &&
      scene.facts['tls.pace']?.state !== 'known'
    )
      return {
        says: 'unknown',
        missing: scene.facts['tls.pace'] === undefined ? ['tls.pace'] : [],
        because: 'it comes slowly, which was not compared with another name',
      };
    const slow = answer !== undefined && (answer.status !== undefined || begins(answer));
    const fact: FactKey =
      attempt.hop > 0 ? 'redirects' : attempt.stage === 'tls' ? 'tls' : attempt.stage === 'http' ? 'http' : 'greeting';
    return {
      says: 'fits',
      weight: 0.5,
      stage: attempt.stage,
      missing: [
        ...(varied && !variationsSettled(attempt, scene) ? (['tls.variations'] as const) : []),
        ...containerNotAsked(attempt, scene),
      ],
      ...(container && { side: 'this-device' as const }),
      culprit: container?.culprit ?? {
        kind: 'server',
        ...(attempt.address !== null && { address: attempt.address }),
      },
      summary: slow
        ? `${place(attempt)} begins to answer and then sends next to nothing.`
        : `${place(attempt)}${containerWords(container)} accepts the connection and then does not answer${container?.clause ?? ''}.`,
      advice: container?.advice ?? 'look at what runs there: its program hangs or is overloaded; try again later',
      evidence: [
        {
          fact,
          says: `connected, then ${attempt.outcome.raw}${slow && answer.receivedBytes !== undefined ? `: ${answer.receivedBytes} bytes in ${Math.max(1, Math.round(answer.ms / 1000))} s` : ''}`,
        },
        ...(container?.evidence ?? []),
      ],
    };
  },
};

/** Whatever hangs there answers no sooner because packets are small. */
function answersSmallPackets({ address, port, stage }: FailedAttempt, { facts }: Scene): boolean {
  const sizes = factOf(facts, 'path.sizes')?.find(
    (one) => one.address === address && one.port === port && one.step === stage,
  );
  const held = sizes?.tries.filter((one) => one.held) ?? [];
  return held.length > 0 && held.every(({ size }) => size !== null);
}

/** Without TLS each byte that came is of the answer; within it a server hands out tickets first, unasked. */
function begins(answer: HttpTry): boolean {
  return answer.url.startsWith('https:') ? trickled(answer) : (answer.receivedBytes ?? 0) > 0;
}
