import { hostPort, scopeOf } from '../../model/address.js';
import type { FailedAttempt } from '../../model/attempt.js';
import type { Cause, Evidence, Finding, Scene } from '../../model/cause.js';
import { fact, type FactKey, type ListenerFact } from '../../model/facts.js';
import { symptoms } from '../../model/failure.js';
import { isUsualPort } from '../../model/schemes.js';
import { failedAnswer, httpFact } from '../evidence/http-evidence.js';
import { pageCutShort } from '../evidence/page-cut-short.js';
import {
  failedHandshake,
  handshakeDone,
  needsVariations,
  variation,
  variationsSettled,
} from '../evidence/tls-evidence.js';
import { isOwnAddress } from '../evidence/connection-evidence.js';
import { listenersFor, processName } from '../evidence/listener-evidence.js';
import { expectedService, serviceAdvice, serviceEvidence, whatBecame } from '../evidence/local-service-evidence.js';
import { acceptedNear } from '../evidence/near-evidence.js';
import { notYetAsked } from '../evidence/not-yet-asked.js';

/**
 * Something works on that port, and another language is spoken there. Told by its own words, proven by speaking that
 * language to the same port. At a public address somebody between could say the same in the server's place: a portal that
 * catches everything, a filter that answers TLS with a page in plain HTTP. So it is sure only where nobody nearer accepts
 * the connection and it is not one of the web's usual ports, or where the server shows who it is. And anybody who translates
 * addresses could lead the port to another service of the very same host, which nothing seen from here tells from a server
 * that speaks so itself: so it is sure only at a port that is known for what is spoken there (`https` to port 22), or where
 * a program of this very device has it.
 */
export const cause: Cause = {
  id: 'wrong-scheme-or-port',
  side: 'target',
  stage: 'target',
  title: 'Another protocol is spoken on that port',
  symptoms: [
    ...symptoms('tls', 'not-tls', 'closed', 'reset', 'timed-out', 'alert'),
    ...symptoms('http', 'not-http', 'tls-expected', 'closed', 'reset', 'timed-out'),
    ...symptoms('service', 'tls-expected', 'http-expected', 'other-service', 'closed', 'reset', 'timed-out'),
  ],
  needs: ['tls.variations', 'references', 'connect.near'],
  yieldsTo: ['captive-portal'],
  judge(attempt, scene) {
    if (
      scene.facts.target.transport === 'tls' &&
      (['other-name', 'no-name'] as const).some((kind) => handshakeDone(variation(attempt, scene, kind)))
    )
      return { says: 'ruledOut', because: 'TLS is spoken there, for another name or none', facts: ['tls.variations'] };
    if (attempt.hop === 0 && acceptedNear(scene)?.onCommonWay === true)
      return {
        says: 'unknown',
        missing: [],
        because: 'the connection ends nearer than the server: what was said need not be its word',
      };
    if (pageCutShort(attempt, scene))
      return { says: 'ruledOut', because: 'it answered in what was spoken to it', facts: [httpFact(attempt)] };
    const words = heard(attempt, scene);
    const works = workingUrl(attempt, scene);
    if (works) return spokenThere(attempt, scene, works, words);
    if (words) return toldByWords(attempt, scene, words);
    if (!variationsSettled(attempt, scene)) return needsVariations;
    const secure = scene.facts.target.transport === 'tls';
    const tried = variation(attempt, scene, secure ? 'plain-http' : 'tls');
    return tried
      ? {
          says: 'ruledOut',
          because: secure ? 'nor does it answer to plain HTTP' : 'nor does it answer to TLS',
          facts: ['tls.variations'],
        }
      : { says: 'unknown', missing: [], because: 'no other protocol was tried' };
  },
};

interface Words {
  readonly protocol: string | null;
  readonly text: string;
  readonly from: FactKey;
}

/** What the other side said that did not belong to the protocol that was spoken to it. */
function heard(attempt: FailedAttempt, scene: Scene): Words | null {
  const { code } = attempt.outcome;
  const from: FactKey =
    attempt.hop > 0 ? 'redirects' : attempt.stage === 'tls' ? 'tls' : attempt.stage === 'http' ? 'http' : 'greeting';
  if (attempt.stage === 'tls' && code === 'not-tls') {
    const text = failedHandshake(attempt, scene)?.plainGreeting ?? '';
    return { protocol: protocolOf(text), text, from };
  }
  if (attempt.stage === 'http' && code === 'tls-expected')
    return { protocol: 'https', text: attempt.outcome.raw, from };
  if (attempt.stage === 'http' && code === 'not-http') {
    const text = failedAnswer(attempt, scene)?.greeting ?? '';
    return { protocol: protocolOf(text), text, from };
  }
  if (code === 'tls-expected' || code === 'http-expected' || code === 'other-service') {
    const one = fact(scene.facts, 'greeting')?.find((other) => other.failure?.code === code);
    return { protocol: one?.protocol ?? null, text: one?.text ?? attempt.outcome.raw, from };
  }
  return null;
}

/** By the first words of what came (the full list is the greeting probe's). */
const beginnings: readonly (readonly [RegExp, string])[] = [
  [/^HTTP\/\d/, 'http'],
  [/^SSH-\d/, 'ssh'],
  [/^\* (OK|PREAUTH|BYE)\b/, 'imap'],
  [/^\+OK\b/, 'pop3'],
  [/^220[ -].*\bFTP\b/i, 'ftp'],
  [/^[2-5]\d\d[ -]/, 'smtp'],
  [/^-(ERR|DENIED|NOAUTH)\b/, 'redis'],
  [/^INFO \{/, 'nats'],
  [/^RFB \d/, 'vnc'],
  [/^AMQP/, 'amqp'],
  [/^@RSYNCD:/, 'rsync'],
  // eslint-disable-next-line no-control-regex -- MySQL's first packet: a length of three bytes, number 0, version 10
  [/^[^]{3}\u0000\n[\x20-\x7e]{3,}\u0000/, 'mysql'],
];

function protocolOf(text: string): string | null {
  return beginnings.find(([pattern]) => pattern.test(text))?.[1] ?? null;
}

interface Working {
  readonly url: string;
  readonly scheme: string;
  readonly says: string;
}

/** The address at which an experiment got a sensible answer. */
function workingUrl(attempt: FailedAttempt, scene: Scene): Working | null {
  const at = (scheme: string, usual: number): string =>
    `${scheme}://${attempt.port === usual ? hostPort(attempt.host, 0).replace(/:0$/, '') : hostPort(attempt.host, attempt.port ?? usual)}${scene.facts.target.path}`;
  if (scene.facts.target.transport === 'tls') {
    const spoken = variation(attempt, scene, 'plain');
    const [open] = Object.entries(secured).find(([, name]) => name === scene.facts.target.scheme) ?? [];
    if (open !== undefined && spoken?.speaks === open)
      return {
        url: at(open, 0),
        scheme: open,
        says: `spoken to without TLS, it answers${spoken.plainGreeting === undefined ? '' : `: ${spoken.plainGreeting}`}`,
      };
    const plain = variation(attempt, scene, 'plain-http');
    return plain && !plain.failure
      ? {
          url: at('http', 80),
          scheme: 'http',
          says: `spoken to in plain HTTP, it answers (HTTP ${plain.status ?? '?'})`,
        }
      : null;
  }
  const other = otherServiceOf(attempt, scene);
  if (other) return other;
  const secure = variation(attempt, scene, 'tls');
  if (!handshakeDone(secure)) return null;
  const { protocol, scheme: typed } = scene.facts.target;
  const web = protocol === 'http' || (attempt.port === 443 && secured[typed] === undefined);
  const scheme = web ? 'https' : (secured[typed] ?? 'tls');
  return { url: at(scheme, 443), scheme, says: `spoken to in TLS, it answers (${secure?.version ?? 'TLS'})` };
}

/** Who keeps silent to the client that was meant, or hangs up, and answers to the first words of another service's. */
function otherServiceOf(attempt: FailedAttempt, scene: Scene): Working | null {
  if (attempt.stage !== 'service') return null;
  for (const kind of ['as-redis', 'as-postgres'] as const) {
    const one = variation(attempt, scene, kind);
    if (one?.speaks === undefined || kind !== `as-${one.speaks}`) continue;
    return {
      url: `${one.speaks}://${hostPort(attempt.host, attempt.port ?? 0)}`,
      scheme: one.speaks,
      says: `to the first words of a ${kind === 'as-redis' ? 'Redis' : 'PostgreSQL'} client it answers${one.plainGreeting === undefined ? '' : `: ${one.plainGreeting}`}`,
    };
  }
  return null;
}

const secured: Readonly<Record<string, string>> = {
  redis: 'rediss',
  amqp: 'amqps',
  ldap: 'ldaps',
  smtp: 'smtps',
  imap: 'imaps',
  pop3: 'pop3s',
  ftp: 'ftps',
  mqtt: 'mqtts',
  irc: 'ircs',
};

function spokenThere(attempt: FailedAttempt, scene: Scene, works: Working, words: Words | null): Finding {
  const evidence: Evidence[] = [{ fact: 'tls.variations', says: works.says }, ...(words ? [saidEvidence(words)] : [])];
  const common = {
    culprit: {
      kind: 'server',
      name: works.url,
      ...(attempt.address !== null && { address: attempt.address }),
    } as const,
    summary: `That port speaks another protocol: ${works.url} works.`,
    advice: `use ${works.url}`,
    evidence,
  };
  const doubt = doubtOf(attempt, scene, works.scheme);
  return doubt === null ? { says: 'proven', ...common } : { says: 'fits', weight: 0.8, ...doubt, ...common };
}

type Doubt = Pick<Extract<Finding, { says: 'fits' }>, 'atMost' | 'missing'>;

/** Why the word need not be the server's own; null where it is. */
function doubtOf(attempt: FailedAttempt, scene: Scene, spoken: string | null): Doubt | null {
  const { facts } = scene;
  if (holderOf(attempt, scene) !== null) return null;
  if (spoken === null || !isUsualPort(spoken, attempt.port ?? 0)) return { atMost: 'likely' };
  if (attempt.address !== null && scopeOf(attempt.address) !== 'public') return null;
  const secure = variation(attempt, scene, 'tls');
  if (handshakeDone(secure) && secure?.faults.length === 0) return null;
  // A page in the server's place need not come from near.
  if ((spoken === 'http' || spoken === 'https') && (attempt.port === 80 || attempt.port === 443))
    return { atMost: 'likely', missing: nearMissing(attempt, scene) };
  const missing = nearMissing(attempt, scene);
  if (missing.length > 0) return { missing };
  const near = fact(facts, 'connect.near');
  const measured = near?.address === attempt.address && near.port === attempt.port;
  return measured && !acceptedNear(scene) ? null : { atMost: 'likely' };
}

function nearMissing({ hop }: FailedAttempt, { facts }: Scene): FactKey[] {
  return (['references', 'connect.near'] as const).filter((key) => hop === 0 && facts[key] === undefined);
}

function toldByWords(attempt: FailedAttempt, scene: Scene, words: Words): Finding {
  const settled = variationsSettled(attempt, scene);
  const known = words.protocol !== null;
  const doubt = doubtOf(attempt, scene, words.protocol);
  const where = hostPort(attempt.host, attempt.port ?? 0);
  const url = known ? `${words.protocol}://${where}` : null;
  const instead = holderHere(attempt, scene);
  return {
    says: 'fits',
    weight: known ? 0.8 : 0.5,
    // Something that is no known protocol may as well be a broken server.
    ...(known && doubt?.atMost === undefined ? {} : { atMost: 'likely' as const }),
    missing: [
      // Only web protocols are tried out; others have told what they are.
      ...(settled || (known && words.protocol !== 'http' && words.protocol !== 'https')
        ? []
        : (['tls.variations'] as const)),
      ...(doubt?.missing ?? []),
      ...(isOwnAddress(attempt.address, scene) ? notYetAsked(scene, 'device.listeners', 'device.services') : []),
    ],
    culprit: {
      kind: 'server',
      ...(url !== null && { name: url }),
      ...(attempt.address !== null && { address: attempt.address }),
      ...(instead?.process !== undefined && { owner: instead.process }),
    },
    summary: `${
      known
        ? `What answers on ${where} speaks ${words.protocol}, not ${scene.facts.target.scheme}`
        : `What answers on ${where} speaks something else than ${scene.facts.target.scheme}`
    }${instead ? instead.summary : ''}.`,
    ...adviceFor(url, instead),
    evidence: [saidEvidence(words), ...(instead?.evidence ?? [])],
  };
}

function adviceFor(url: string | null, instead: Holder | null): { advice?: string } {
  if (instead?.advice !== undefined) return { advice: instead.advice };
  return url === null
    ? { advice: 'check the port, and what runs there' }
    : {
        advice: `use ${url} if that is what you want, or check the port; where it is right, somebody may lead the connection to another service (a port forwarding, NAT)`,
      };
}

interface Holder {
  readonly process?: string;
  readonly summary: string;
  readonly advice?: string;
  readonly evidence: readonly Evidence[];
}

function holderOf(attempt: FailedAttempt, scene: Scene): ListenerFact | null {
  return isOwnAddress(attempt.address, scene) ? (listenersFor(attempt, scene)?.reachable[0] ?? null) : null;
}

/** On this very device: which program has that port, and which one should have it. */
function holderHere(attempt: FailedAttempt, scene: Scene): Holder | null {
  const listener = holderOf(attempt, scene);
  if (!listener) return null;
  const expected = expectedService(scene);
  const evidence: Evidence[] = [
    { fact: 'device.listeners', says: `${processName(listener)} listens on ${listener.address} port ${listener.port}` },
    ...(expected ? serviceEvidence(expected) : []),
  ];
  const process = listener.process ?? undefined;
  const holds = process === undefined ? '' : `: ${process} has that port`;
  if (!expected || expected.state === 'running') return { ...(process && { process }), summary: holds, evidence };
  return {
    ...(process && { process }),
    summary: `${holds === '' ? ':' : `${holds},`} ${whatBecame(expected)}`,
    advice: serviceAdvice(expected),
    evidence,
  };
}

function saidEvidence({ text, from }: Words): Evidence {
  const line = (text.split(/[\r\n]/)[0] ?? '').slice(0, 80);
  return { fact: from, says: line === '' ? 'what came back is another protocol' : `it said: ${line}` };
}
