import type { Duplex } from 'node:stream';
import { type Facts, fact, type OtherClient, type TlsTry, type TlsVariations } from '../../model/facts.js';
import type { Failure } from '../../model/failure.js';
import type { Context, Gatherer, LateStep } from '../../model/gatherer.js';
import { loginPorts } from '../../model/login-ports.js';
import { known, skipped } from '../../model/observed.js';
import { isUsualPort } from '../../model/schemes.js';
import { tooMany } from '../../model/over-budget.js';
import { Listener } from '../greeting/listen.js';
import { languageOf } from '../greeting/judge-words.js';
import { openerFor, type Opener, otherOpeners } from '../greeting/openers.js';
import { recognise } from '../greeting/recognise.js';
import { exchange } from '../http/exchange.js';
import type { Target } from '../../model/target.js';
import type { HandshakeRequest } from './handshake.js';
import { measureTls } from './measure-later.js';
import { dialAgain, type Endpoint, isOpen } from './open-connection.js';
import { usualRequest } from './usual-request.js';

type Variation = TlsVariations['tries'][number];
type Kind = Variation['variation'];

/** After silence only what others do is compared with it: this port has been waited for already. */
const longest = { silent: 1_600, version: 900, else: 3_000 };
/** A name that every filter knows to be harmless (RFC 6761). */
const harmlessName = 'example.com';

/** What could have brought a failure about, told apart by changing one thing at a time; `same` is the control. */
const wanted: Readonly<Record<string, readonly Kind[]>> = {
  'tls/closed': ['same', 'no-name', 'other-name', 'old-versions', 'tls12', 'plain-http', 'plain'],
  'tls/reset': ['same', 'no-name', 'other-name', 'old-versions', 'tls12', 'plain-http', 'plain'],
  'tls/timed-out': ['same', 'other-name', 'tls12', 'plain-http', 'plain'],
  'tls/not-tls': ['other-name', 'plain-http'],
  'tls/protocol-version': ['same', 'old-versions'],
  'tls/handshake-failure': ['same', 'no-name', 'old-versions', 'tls12'],
  'tls/alert': ['same', 'no-name', 'old-versions', 'tls12', 'plain-http'],
  'tls/failed': ['same', 'old-versions'],
  'tls/unrecognized-name': ['same', 'no-name', 'other-name'],
  'tls/name-mismatch': ['no-name'],
  'http/not-http': ['tls'],
  'http/tls-expected': ['tls'],
  'http/closed': ['tls'],
  'http/reset': ['tls'],
  'http/timed-out': ['tls'],
  'service/closed': ['tls', 'as-postgres'],
  'service/reset': ['tls', 'as-postgres'],
  'service/timed-out': ['tls', 'as-redis'],
  'service/tls-expected': ['tls'],
};

/** Handshakes that differ from the failed one in one thing, all at once, each on a connection of its own. */
export const tlsVariationsGatherer: Gatherer<'tls.variations'> = {
  fact: 'tls.variations',
  needs: ['tls', 'http', 'greeting'],
  base: false,
  cost: 'light',
  platforms: 'any',
  privilege: 'none',
  whenLate: { afterMs: 900, greets: true },
  when: (facts, { lateStep }) => (failed(facts, lateStep?.()) ? null : 'no step that TLS could explain has failed'),
  async gather(facts, context) {
    const first = failed(facts, context.lateStep?.());
    if (!first) return skipped('no step that TLS could explain has failed');
    const kinds = (wanted[`${first.failure.operation}/${first.failure.code}`] ?? []).filter(
      (kind) => isSensible(kind, facts.target, first.endpoint) && !isAskedElsewhere(kind, first.failure, context),
    );
    const longestMs = first.failure.code === 'timed-out' ? longest.silent : longest.else;
    const tries = await Promise.all(kinds.map((kind) => vary(kind, first.endpoint, longestMs, facts, context)));
    // What holds without TLS 1.3 alone is tried again, beside the usual one: once may be chance.
    const again = tries.some((one) => one?.variation === 'tls12' && !one.failure)
      ? await Promise.all(
          (['same', 'tls12'] as const).map((kind) => vary(kind, first.endpoint, longestMs, facts, context)),
        )
      : [];
    return known({ tries: context.signal.aborted ? [] : [...tries, ...again].filter(wasTried) }, 'handshake');
  },
};

/** What our own bound of packets has ended says nothing of the server. */
function wasTried(one: Variation | null): one is Variation {
  return one !== null && one.failure?.raw !== tooMany;
}

function isSensible(kind: Kind, target: Target, { port }: Endpoint): boolean {
  if (isOtherClient(kind)) {
    const language = languageOf(target);
    const isMeant = otherOpeners[kind].service === language;
    return (
      target.transport === 'plain' &&
      language !== undefined &&
      !isMeant &&
      port > 0 &&
      (!loginPorts.has(port) || isUsualPort(otherOpeners[kind].service, port))
    );
  }
  if (kind === 'plain') return openerFor(target.scheme, target.port) !== null;
  // Without a name there is none to leave out, and TLS where TLS is spoken anyway is no variation.
  return kind === 'no-name' ? target.literal === 0 : kind !== 'tls' || target.transport === 'plain';
}

/** After silence the same and another name are part of other experiments (interference, path.sizes): each address has its bound. */
function isAskedElsewhere(kind: Kind, { code }: Pick<Failure, 'code'>, { system }: Context): boolean {
  return code === 'timed-out' && system.sockets.converse !== undefined && (kind === 'same' || kind === 'other-name');
}

function isOtherClient(kind: Kind): kind is OtherClient {
  return kind in otherOpeners;
}

const operations = { tls: 'tls', http: 'http', greeting: 'service' } as const;

/** The first try that failed in a way that a variation can explain. */
function failed(
  facts: Facts,
  late: LateStep | null = null,
): { readonly endpoint: Endpoint; readonly failure: Pick<Failure, 'operation' | 'code'> } | null {
  // Waited for still: by then only silence has been met.
  if (late && facts[late.step] === undefined)
    return { endpoint: late, failure: { operation: operations[late.step], code: 'timed-out' } };
  const steps = [...(fact(facts, 'tls') ?? []), ...(fact(facts, 'http') ?? []), ...(fact(facts, 'greeting') ?? [])];
  for (const { failure, address, port } of steps) {
    if (failure && wanted[`${failure.operation}/${failure.code}`]) return { endpoint: { address, port }, failure };
  }
  return null;
}

/** What another name is answered with shows more, and takes the packets that there are. */
async function mayBeTheVersion(context: Context): Promise<boolean> {
  await context.wanted?.('interference');
  const trials = fact(context.latest(), 'interference')?.trials ?? [];
  return !context.signal.aborted && !trials.some(({ ending }) => ending === 'answered');
}

async function vary(
  kind: Kind,
  endpoint: Endpoint,
  mostMs: number,
  { target }: Facts,
  context: Context,
): Promise<Variation | null> {
  const afterSilence = kind === 'tls12' && mostMs === longest.silent;
  if (afterSilence && !(await mayBeTheVersion(context))) return null;
  const longestMs = afterSilence ? longest.version : mostMs;
  const connection = await dialAgain(endpoint, context);
  if (!isOpen(connection)) return null;
  const usual = {
    ...usualRequest(target, context),
    timeoutMs: Math.max(1, Math.min(longestMs, context.remaining() / 2)),
  };
  const { system, signal } = context;
  if (kind === 'plain' || isOtherClient(kind)) {
    const opener = kind === 'plain' ? openerFor(target.scheme, target.port) : otherOpeners[kind];
    return (
      opener && {
        ...blank(endpoint, 0, context),
        variation: kind,
        ...(await speak(opener, connection, usual, context)),
      }
    );
  }
  if (kind === 'plain-http') {
    const request = {
      method: 'GET',
      secure: false,
      host: target.host,
      port: endpoint.port,
      path: '/',
      timeoutMs: usual.timeoutMs,
    } as const;
    const done = await exchange(connection, request, system, signal);
    const got = done.response;
    const text = got ? `HTTP ${got.status} ${got.reason}` : done.strange?.toString('latin1');
    const failure: Failure | undefined = got
      ? undefined
      : (done.failure ?? { operation: 'http', code: 'not-http', raw: '' });
    return {
      ...blank(endpoint, done.ms, context),
      variation: kind,
      ...(failure && { failure }),
      ...(got && { status: got.status }),
      ...(text !== undefined && { plainGreeting: text.slice(0, 256) }),
    };
  }
  const { entry, stream } = await measureTls(
    connection,
    endpoint,
    target.host,
    requestFor(kind, usual),
    system,
    signal,
  );
  stream?.destroy();
  return { ...entry, variation: kind };
}

/** A client's first words, and what answers them. */
async function speak(
  { bytes, read }: Opener,
  connection: Duplex,
  { timeoutMs }: HandshakeRequest,
  { system, signal }: Context,
): Promise<Pick<Variation, 'ms' | 'failure' | 'speaks' | 'plainGreeting'>> {
  const begun = system.clock.now();
  const listener = new Listener(connection);
  try {
    connection.write(bytes);
    const found = () => read?.(listener.bytes) ?? recognise(listener.bytes);
    const how = await listener.until(() => found() !== null, timeoutMs, system, signal);
    const ms = system.clock.now() - begun;
    const speaks = found();
    // Words that would do for several services name none.
    if (!speaks || speaks.unsure) {
      const code = how === 'closed' || how === 'reset' ? how : 'timed-out';
      return { ms, failure: { operation: 'service', code, raw: 'no word that is known' } };
    }
    const text = speaks.text ?? '';
    return { ms, speaks: speaks.protocol, ...(text !== '' && { plainGreeting: text.slice(0, 256) }) };
  } finally {
    connection.destroy();
  }
}

function requestFor(
  kind: Exclude<Kind, 'plain-http' | 'plain' | OtherClient>,
  usual: HandshakeRequest,
): HandshakeRequest {
  switch (kind) {
    case 'no-name':
      return { ...usual, serverName: null };
    case 'other-name':
      return { ...usual, serverName: harmlessName };
    case 'old-versions':
      return { ...usual, versions: 'old' };
    case 'tls12':
      return { ...usual, versions: '1.2' };
    case 'tls':
    case 'same':
      return usual;
  }
}

function blank(endpoint: Endpoint, ms: number, context: Context): TlsTry {
  return {
    ...endpoint,
    serverName: null,
    ms,
    alpn: null,
    chain: [],
    faults: [],
    clientCertificateAsked: false,
    ocsp: 'absent',
    wallClock: context.system.clock.wall().toISOString(),
  };
}
