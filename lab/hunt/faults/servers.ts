// What the server and its service can do wrong.
import type { Answer, CertificateKind, Service } from '../../services/description.js';
import { https, http, redirectTo } from '../../world/internet.js';
import { hanging, hold } from '../../world/products.js';
import { ip } from '../../world/steps.js';
import { serve, typed, WELCOME, type Draft } from '../world/draft.js';
import type { Faults } from './fault.js';

function notListening(draft: Draft): string {
  serve(draft, null);
  return 'service stopped';
}

function elsewhereListening(draft: Draft): string | null {
  const { aim, network, random } = draft;
  const own = draft.services.server?.find(({ port }) => port === aim.port);
  if (own === undefined) return null;
  const where = random.pick(['loopback', 'other-family'] as const);
  if (where === 'other-family' && aim.families.length !== 1) return null;
  const six = aim.families.includes(6) && !aim.families.includes(4);
  const addresses = where === 'loopback' ? ['127.0.0.1', '::1'] : [six ? network.server[4] : network.server[6]];
  serve(draft, { ...own, addresses });
  return `service listens on ${where}`;
}

function gone(draft: Draft): string {
  const { random, network } = draft;
  const way = random.pick(['addresses', 'interface', 'cable'] as const);
  if (way === 'addresses') {
    // The services hold their sockets; nobody answers for the address any more.
    draft.steps.push(ip('server', 'addr flush dev eth0'));
  } else if (way === 'interface') draft.steps.push(ip('server', 'link set eth0 down'));
  else draft.steps.push(ip(network.routers.at(-1) ?? 'home', 'link set servers down'));
  return `server gone (${way})`;
}

function closes(draft: Draft): string {
  const { random, aim } = draft;
  const how = random.pick(['fin', 'rst'] as const);
  const after = aim.scheme === 'tcp' ? 'accept' : random.pick(['accept', 'first-bytes'] as const);
  serve(draft, { kind: 'closes', port: aim.port, how, after });
  return `service closes ${how} after ${after}`;
}

function says(draft: Draft): string {
  serve(draft, { kind: 'silent', port: draft.aim.port });
  return 'service accepts and says nothing';
}

function queueFull(draft: Draft): string | null {
  const { aim, network } = draft;
  if (aim.families.length !== 1) return null;
  const address = aim.families[0] === 6 ? network.server[6] : network.server[4];
  serve(draft, null);
  draft.steps.push(hanging('server', `${address}:${aim.port}`, 1), hold('server', address, aim.port, 2));
  return 'accept queue full';
}

const CERTIFICATES: readonly CertificateKind[] = [
  'expired',
  'not-yet-valid',
  'other-name',
  'self-signed',
  'unknown-root',
  'incomplete',
];

function certificate(draft: Draft): string | null {
  const { aim, random } = draft;
  if (aim.scheme !== 'https') return null;
  const kind = random.pick(CERTIFICATES);
  serve(draft, https({ certificate: kind }, WELCOME, aim.port));
  return `certificate ${kind}`;
}

function tlsSettings(draft: Draft): string | null {
  const { aim, random } = draft;
  if (aim.scheme !== 'https') return null;
  const way = random.pick(['old', 'client-certificate'] as const);
  const settings = way === 'old' ? { maxVersion: 'TLSv1.1' as const } : { clientCertificate: 'demanded' as const };
  serve(draft, https(settings, WELCOME, aim.port));
  return `tls ${way}`;
}

const STATUSES = [
  '403 Forbidden',
  '429 Too Many Requests',
  '451 Unavailable For Legal Reasons',
  '500 Internal Server Error',
  '502 Bad Gateway',
  '503 Service Unavailable',
  '504 Gateway Timeout',
];

function answers(draft: Draft): string | null {
  const { aim, random } = draft;
  if (aim.scheme === 'tcp') return null;
  const ways: readonly (readonly [string, Answer])[] = [
    ...STATUSES.map((status) => [status, { status, headers: ['Content-Type: text/plain'], body: 'no\n' }] as const),
    ['silent', { status: '200 OK', silent: true }],
    ['hang-up fin', { status: '200 OK', hangUp: 'fin' }],
    ['hang-up rst', { status: '200 OK', hangUp: 'rst' }],
    ['redirect to itself', redirectTo(typed(aim))],
  ];
  const [what, answer] = random.pick(ways);
  serve(draft, aim.scheme === 'https' ? https({}, answer, aim.port) : http(answer, aim.port));
  return `http ${what}`;
}

function otherProtocol(draft: Draft): string | null {
  const { aim } = draft;
  if (aim.scheme === 'tcp') return null;
  const other: Service = aim.scheme === 'https' ? http(WELCOME, aim.port) : https({}, WELCOME, aim.port);
  serve(draft, other);
  return `the port speaks ${other.kind}`;
}

export const servers: Faults = [
  [4, notListening],
  [1, elsewhereListening],
  [3, gone],
  [2, closes],
  [1.5, says],
  [1, queueFull],
  [3, certificate],
  [1, tlsSettings],
  [3, answers],
  [1, otherProtocol],
];
