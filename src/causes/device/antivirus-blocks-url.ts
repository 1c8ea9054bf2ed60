import type { FailedAttempt } from '../../model/attempt.js';
import type { Cause, Evidence, Finding, Scene } from '../../model/cause.js';
import { fact, type LocalEnd } from '../../model/facts.js';
import { symptoms } from '../../model/failure.js';
import { adviceOn, type PageSuspicion, suspicionOf, suspicionOfPage } from '../evidence/block-right.js';
import { isOwnAddress } from '../evidence/connection-evidence.js';
import { failedAnswer, httpFact } from '../evidence/http-evidence.js';
import { localEndOf, programAt, speaksForItself } from '../evidence/interception-evidence.js';
import { notYetAsked } from '../evidence/not-yet-asked.js';
import {
  guardsThePackets,
  loggedBlock,
  loggedTrouble,
  logEvidence,
  type SaidByShield,
  saidByShield,
  throughOwnProxy,
} from '../evidence/shield-evidence.js';
import { place, serverAuthenticated } from '../evidence/tls-evidence.js';

/**
 * A web shield of this device gives a page of its own in place of the one that was asked for, or none. Told by its own
 * words in the answer and by the program of this device at the other end of the connection; proven by its log, where that
 * names this very address at this time. A server that scans by itself could write the same words.
 */
export const cause: Cause = {
  id: 'antivirus-blocks-url',
  side: 'this-device',
  stage: 'http',
  title: 'A security program blocks this address',
  symptoms: [
    ...symptoms('tls', 'closed', 'reset', 'timed-out'),
    ...symptoms('http', 'closed', 'reset', 'timed-out', 'forbidden', 'server-error'),
    ...symptoms('service', 'closed', 'reset', 'timed-out'),
  ],
  needs: ['connect.localEnd', 'device.guardLog', 'device.guards'],
  remedies: ['update-signatures', 'except-in-web-shield'],
  yieldsTo: ['captive-portal'],
  judge(attempt, scene): Finding {
    const answer = attempt.stage === 'http' ? failedAnswer(attempt, scene) : undefined;
    if (serverAuthenticated(attempt, scene))
      return { says: 'ruledOut', because: 'what came back came encrypted from the site itself', facts: ['tls'] };
    const said = saidByShield(answer);
    if (attempt.outcome.code === 'server-error' && !said)
      return { says: 'ruledOut', because: 'no web shield speaks in the answer', facts: [httpFact(attempt)] };
    if (throughOwnProxy(attempt, scene)) return said ? fromHere(attempt, said, null, scene) : unknown();
    if (attempt.throughProxy) return unknown();
    if (isOwnAddress(attempt.address, scene))
      return { says: 'ruledOut', because: 'the target is this computer itself', facts: ['device.listeners'] };
    const end = localEndOf(attempt, scene);
    if (end === undefined)
      return {
        says: 'unknown',
        missing: notYetAsked(scene, 'connect.localEnd'),
        because: 'what is at the other end of the connection is not known',
      };
    if (end === null || speaksForItself(end) === false) return notHere(attempt, end, scene);
    if (!said && !loggedBlock(attempt, answer, scene)) {
      return {
        says: 'unknown',
        missing: notYetAsked(scene, 'device.guardLog'),
        because: `${programAt(end)} of this computer is at the other end, and nothing tells whether it was the one who stopped it`,
      };
    }
    return fromHere(attempt, said, end, scene);
  },
};

function unknown(): Finding {
  return { says: 'unknown', missing: [], because: 'who of those that the proxy stands before wrote it is not known' };
}

/** Nothing of this device can have written the answer; what only cuts connections needs no connection of its own. */
function notHere(attempt: FailedAttempt, end: LocalEnd | null, scene: Scene): Finding {
  const because = end
    ? `${programAt(end)} of this computer only passes on what it gets`
    : 'no program of this computer is at the other end of the connection';
  if (attempt.outcome.code === 'server-error') return { says: 'ruledOut', because, facts: ['connect.localEnd'] };
  const packets = guardsThePackets(scene);
  if (packets === false) return { says: 'ruledOut', because, facts: ['connect.localEnd', 'device.guards'] };
  return {
    says: 'unknown',
    // To a user the answer would be that he may not see them.
    missing: fact(scene.facts, 'device.self')?.root === true ? notYetAsked(scene, 'device.guards') : [],
    because: packets
      ? 'a program of this computer takes packets before they leave'
      : 'which programs of this computer take packets only root may see',
  };
}

function fromHere(attempt: FailedAttempt, said: SaidByShield | undefined, end: LocalEnd | null, scene: Scene): Finding {
  const answer = failedAnswer(attempt, scene);
  const entry = loggedBlock(attempt, answer, scene);
  const fails = said?.row.says === 'scanner-fails';
  const trouble = fails ? loggedTrouble(scene) : undefined;
  const signature = entry?.found?.signature ?? said?.signature ?? null;
  const page = fails ? null : suspicionOfPage(scene);
  const product = said?.row.product ?? entry?.product ?? 'a web shield';
  const evidence: Evidence[] = [
    ...(end
      ? [
          {
            fact: 'connect.localEnd' as const,
            says: `the connection to ${place(attempt)} ends at ${programAt(end)} of this computer, on ${end.address} port ${end.port}`,
          },
        ]
      : [{ fact: 'proxy.way' as const, says: 'it went through a proxy that runs on this computer' }]),
    ...(said
      ? [
          {
            fact: httpFact(attempt),
            says: `the answer holds ${product}’s own words${said.row.tried ? '' : ' (as its makers document them; not tried here)'}`,
          },
        ]
      : []),
    ...logEvidence(entry ?? trouble),
  ];
  const finding = {
    culprit: {
      kind: signature === null ? ('product' as const) : ('signature' as const),
      name: signature ?? product,
      owner: signature === null ? (end?.process ?? product) : product,
      ...(entry && { location: entry.location }),
    },
    ...(fails ? scannerFails(attempt, product) : blocked(attempt, product, signature, page)),
    evidence: [...evidence, ...(page?.evidence ?? [])],
  };
  // Only root can be told what the page itself holds; nobody is asked about one that is not blocked.
  const second = fails || end === null ? [] : notYetAsked(scene, 'http.pastShield');
  if (entry?.found && end) return { says: 'proven', ...(second.length > 0 && { missing: second }), ...finding };
  return {
    says: 'fits',
    weight: 0.95,
    missing: [...notYetAsked(scene, 'device.guardLog'), ...second],
    // A server that scans by itself could write the same.
    atMost: 'likely',
    ...finding,
  };
}

function blocked(attempt: FailedAttempt, product: string, signature: string | null, page: PageSuspicion | null) {
  const named = signature === null ? null : suspicionOf(signature);
  const suspicion =
    named && named.looks !== 'test' && page?.looks === 'dangerous' ? { ...named, looks: 'dangerous' as const } : named;
  const found = signature === null ? '' : `: it found ${signature} in it`;
  return {
    summary: `The web shield ${product}, which runs on this computer, blocks this page of ${place(attempt)}${found}${suspicion ? ` (${suspicion.says})` : ''}.`,
    advice:
      suspicion?.looks === 'unclear' && page?.looks === 'mistaken'
        ? adviceOnMistake
        : suspicion
          ? adviceOn(suspicion, 'this page')
          : 'ask whoever set the shield up why; do not switch it off for a page that you do not know',
  };
}

/** A second scanner has seen nothing in the whole page: that is a hint, and no promise. */
const adviceOnMistake =
  'it may be a mistake of the shield: report the page to whoever runs it, and give the page nothing of yours before it is let through';

function scannerFails(attempt: FailedAttempt, product: string) {
  return {
    summary: `${product}, which runs on this computer, gives no page of ${place(attempt)}: its virus scanner does not answer.`,
    advice: 'start the scanner again: sudo systemctl restart clamav-daemon c-icap',
  };
}
