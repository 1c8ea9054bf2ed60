// Why a connection that was made brought nothing.
import type { Machine } from '../../world/topology.js';
import type { Observation, TriedAndSeen } from '../observe/observation.js';
import type { Aim } from '../world/draft.js';
import { addressesOf, addressesOfPlace, type Network } from '../world/network.js';
import { stopping, wordsFor } from './rules.js';
import { addressIn, explain, type Explanation } from './truth.js';

const CERTIFICATES: Readonly<Record<string, readonly string[]>> = {
  CERT_HAS_EXPIRED: ['certificate-expired'],
  CERT_NOT_YET_VALID: ['certificate-not-yet-valid'],
  ERR_TLS_CERT_ALTNAME_INVALID: ['certificate-name-mismatch'],
  DEPTH_ZERO_SELF_SIGNED_CERT: ['certificate-untrusted'],
  SELF_SIGNED_CERT_IN_CHAIN: ['certificate-untrusted'],
  UNABLE_TO_GET_ISSUER_CERT: ['certificate-untrusted', 'certificate-chain-incomplete'],
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: ['certificate-untrusted', 'certificate-chain-incomplete'],
  // One certificate and nobody known who signed it: the missing one may be of a trusted authority or of none.
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: ['certificate-chain-incomplete', 'certificate-untrusted'],
};

const STATUSES: Readonly<Record<number, readonly string[]>> = {
  403: ['http-forbidden'],
  429: ['rate-limited'],
  451: ['legal-block'],
  500: ['http-server-error'],
  502: ['gateway-upstream-down'],
  503: ['http-server-error', 'server-overloaded', 'service-starting', 'gateway-upstream-down'],
  504: ['gateway-upstream-down'],
};

function cutShort(one: TriedAndSeen, how: 'closed' | 'reset' | 'timed-out', around: Around): Explanation {
  const { cut, tried } = one;
  const filter = tried.tls ? 'sni-filtered' : 'http-filtered';
  const places = (machine: Machine): string[] => addressesOfPlace(around.network, machine);
  const [elsewhere] = cut.resetBy.filter((machine) => machine !== 'server');
  // The router beside the server can do nothing that the server could not do itself: nobody here tells the two apart.
  const beside = (machine: Machine): string[] =>
    machine === around.network.routers.at(-1)
      ? ['server-closes-at-once', 'server-not-responding', 'server-overloaded']
      : [];
  if (elsewhere) {
    return explain(filter, `${elsewhere} reset the connection after it was spoken on`, {
      culprit: addressIn(places(elsewhere)),
      alike: beside(elsewhere),
      also: ['reset-injected'],
    });
  }
  if (how === 'timed-out') {
    const [swallowed] = cut.swallowedIn;
    const rules = swallowed ? stopping(around.seen.rules, swallowed) : [];
    const [blind] = rules;
    // It looks at nobody's words, and the connection was made: that went by another way than what was said on it.
    if (swallowed && blind && !rules.some(({ text }) => LOOKS_INTO.test(text)))
      return explain('dropped-on-path', `${wordsFor(blind)}, on one of several ways`, {
        alike: [filter, 'server-not-responding', 'server-overloaded'],
      });
    if (swallowed && !cut.heard)
      return explain(filter, `what was said ended in ${swallowed}`, {
        culprit: addressIn(places(swallowed)),
        alike: beside(swallowed),
      });
    const [narrow] = cut.longLostIn;
    if (narrow) return explain('path-mtu-blackhole', `only the long packets of the server ended in ${narrow}`);
    return explain('server-not-responding', 'the server had what was said and did not answer', {
      alike: ['server-overloaded', 'too-many-open-files', ...around.alike],
    });
  }
  return explain('server-closes-at-once', `the server itself ended the connection (${how})`, {
    alike: ['server-overloaded', 'client-banned', ...around.alike],
  });
}

/** Matches of iptables and nft on what a packet says (iptables-extensions(8), nft(8): raw payload expressions). */
const LOOKS_INTO = /\bstring\b|--string|@(?:th|ih),/;

interface Around {
  readonly network: Network;
  readonly seen: Observation;
  /** What sends the same packets at that stage. */
  readonly alike: readonly string[];
}

const howOf = (outcome: string): 'closed' | 'reset' | 'timed-out' | null => {
  if (outcome === 'timed-out' || outcome === 'closed') return outcome;
  return outcome === 'ECONNRESET' || outcome === 'EPIPE' ? 'reset' : null;
};

/** Somebody else than the server took the connection, and showed a certificate of his own. */
function betweenOf(one: TriedAndSeen, { controls }: Observation, network: Network): Explanation | null {
  const made = one.fate.replies.find(({ kind, arrived }) => kind === 'accepts' && arrived);
  const word = one.tried.tls?.certificate;
  if (!made || made.madeBy === 'server' || !word || one.tried.proxy) return null;
  const reference = addressesOf(network, 'reference');
  const everywhere = controls.seen.some(
    ({ tried, fate }) =>
      reference.includes(tried.address) &&
      fate.replies.some(({ kind, madeBy }) => kind === 'accepts' && madeBy === made.madeBy),
  );
  return explain('tls-intercepted', `${made.madeBy} took the connection and showed another certificate (${word})`, {
    // For one server alone it looks as if that server had the certificate.
    alike: everywhere ? [] : ['certificate-untrusted', 'certificate-chain-incomplete', 'connection-redirected'],
  });
}

/** Null where it went well. */
export function whySpokenInVain(one: TriedAndSeen, aim: Aim, seen: Observation, network: Network): Explanation | null {
  const why = betweenOf(one, seen, network) ?? askedInVain(one, aim, network, seen);
  const { otherWay } = seen.controls;
  const understood =
    otherWay?.tls?.outcome === 'ok' || (otherWay?.tls === undefined && otherWay?.http?.outcome === 'ok');
  // Where the certificate or the status is what is wrong, the right way was spoken.
  const unspoken = one.tried.tls?.outcome !== 'ok' && (one.tried.http?.status ?? 0) === 0;
  if (why === null || !otherWay || !understood || !unspoken || why.primary.endsWith('-filtered')) return why;
  return explain('wrong-scheme-or-port', `the same port answers to ${otherWay.tls ? 'TLS' : 'plain HTTP'}`);
}

function askedInVain(one: TriedAndSeen, aim: Aim, network: Network, seen: Observation): Explanation | null {
  const { tls, http, greeting } = one.tried;
  if (aim.scheme === 'tcp') {
    if (greeting === undefined || greeting.startsWith('said ')) return null;
    const how = howOf(greeting);
    // Many services wait for the client's first word; SSH does not (RFC 4253 4.2).
    if (how === 'timed-out' && aim.port !== 22)
      return explain('reachable', 'the port is open and says nothing', { also: ['server-not-responding'] });
    return how === null ? null : cutShort(one, how, { network, seen, alike: [] });
  }
  if (tls && tls.outcome !== 'ok') return handshakeFailed(one, tls.outcome, network, seen);
  if (tls?.certificate) {
    const [primary = 'certificate-untrusted', ...also] = CERTIFICATES[tls.certificate] ?? [];
    return explain(primary, `the certificate: ${tls.certificate}`, { also });
  }
  if (!http) return null;
  if (http.outcome === 'not-http') return explain('wrong-scheme-or-port', 'what came back is no HTTP');
  const causes = STATUSES[http.status];
  if (causes?.[0]) return explain(causes[0], `the server answered ${http.status}`, { also: causes.slice(1) });
  if (http.status >= 300 && http.status < 400 && http.location !== null)
    return explain('redirect-loop', `it leads to ${http.location}, which is where it came from`);
  if (http.outcome === 'ok') return null;
  if (/CERTIFICATE/i.test(http.outcome)) return explain('client-certificate-required', http.outcome);
  const how = howOf(http.outcome);
  if (how === null) return explain('http-server-error', http.outcome, { also: ['server-closes-at-once'] });
  return cutShort(one, how, { network, seen, alike: ['http-filtered'] });
}

function handshakeFailed(one: TriedAndSeen, outcome: string, network: Network, seen: Observation): Explanation {
  const how = howOf(outcome);
  if (how !== null) return cutShort(one, how, { network, seen, alike: ['sni-filtered', 'wrong-scheme-or-port'] });
  if (/WRONG_VERSION_NUMBER|HTTP_REQUEST|PACKET_LENGTH/.test(outcome))
    return explain('wrong-scheme-or-port', `what came back is no TLS (${outcome})`);
  if (/PROTOCOL_VERSION|UNSUPPORTED_PROTOCOL/.test(outcome)) return explain('tls-version-mismatch', outcome);
  if (/CERTIFICATE|HANDSHAKE_FAILURE/.test(outcome))
    return explain('client-certificate-required', outcome, { also: ['tls-version-mismatch'] });
  return explain('tls-version-mismatch', outcome);
}
