// Why a connection that was made brought nothing.
import type { Observation, TriedAndSeen } from '../observe/observation.js';
import type { Aim } from '../world/draft.js';
import { explain, type Explanation } from './truth.js';

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

function cutShort(one: TriedAndSeen, how: 'closed' | 'reset' | 'timed-out', alike: readonly string[]): Explanation {
  const { cut } = one;
  const [elsewhere] = cut.resetBy.filter((machine) => machine !== 'server');
  if (elsewhere)
    return explain('reset-injected', `${elsewhere} reset the connection`, { also: ['sni-filtered', 'http-filtered'] });
  if (how === 'timed-out') {
    const [swallowed] = cut.swallowedIn;
    if (swallowed && !cut.heard)
      return explain('dropped-on-path', `what was said ended in ${swallowed}`, { also: ['path-mtu-blackhole'] });
    return explain('server-not-responding', 'the server had what was said and did not answer', {
      alike: ['server-overloaded', 'too-many-open-files', ...alike],
    });
  }
  return explain('server-closes-at-once', `the server itself ended the connection (${how})`, {
    alike: ['server-overloaded', 'client-banned', ...alike],
  });
}

const howOf = (outcome: string): 'closed' | 'reset' | 'timed-out' | null => {
  if (outcome === 'timed-out' || outcome === 'closed') return outcome;
  return outcome === 'ECONNRESET' || outcome === 'EPIPE' ? 'reset' : null;
};

/** Null where it went well. */
export function whySpokenInVain(one: TriedAndSeen, aim: Aim, { controls }: Observation): Explanation | null {
  const why = askedInVain(one, aim);
  const { otherWay } = controls;
  const understood =
    otherWay?.tls?.outcome === 'ok' || (otherWay?.tls === undefined && otherWay?.http?.outcome === 'ok');
  // Where the certificate or the status is what is wrong, the right way was spoken.
  const unspoken = one.tried.tls?.outcome !== 'ok' && (one.tried.http?.status ?? 0) === 0;
  if (why === null || !otherWay || !understood || !unspoken) return why;
  return explain('wrong-scheme-or-port', `the same port answers to ${otherWay.tls ? 'TLS' : 'plain HTTP'}`);
}

function askedInVain(one: TriedAndSeen, aim: Aim): Explanation | null {
  const { tls, http, greeting } = one.tried;
  if (aim.scheme === 'tcp') {
    if (greeting === undefined || greeting.startsWith('said ')) return null;
    const how = howOf(greeting);
    // Many services wait for the client's first word; SSH does not (RFC 4253 4.2).
    if (how === 'timed-out' && aim.port !== 22)
      return explain('reachable', 'the port is open and says nothing', { also: ['server-not-responding'] });
    return how === null ? null : cutShort(one, how, []);
  }
  if (tls && tls.outcome !== 'ok') return handshakeFailed(one, tls.outcome);
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
  const other = aim.scheme === 'http' ? ['wrong-scheme-or-port'] : [];
  return cutShort(one, how, ['http-filtered', ...other]);
}

function handshakeFailed(one: TriedAndSeen, outcome: string): Explanation {
  const how = howOf(outcome);
  if (how !== null) return cutShort(one, how, ['sni-filtered', 'wrong-scheme-or-port']);
  if (/WRONG_VERSION_NUMBER|HTTP_REQUEST|PACKET_LENGTH/.test(outcome))
    return explain('wrong-scheme-or-port', `what came back is no TLS (${outcome})`);
  if (/PROTOCOL_VERSION|UNSUPPORTED_PROTOCOL/.test(outcome)) return explain('tls-version-mismatch', outcome);
  if (/CERTIFICATE|HANDSHAKE_FAILURE/.test(outcome))
    return explain('client-certificate-required', outcome, { also: ['tls-version-mismatch'] });
  return explain('tls-version-mismatch', outcome);
}
