// What serves in the small internet when nothing is broken, and the settings that point the command at its references.
import type {
  Answer,
  DnsBehaviour,
  DnsService,
  HttpService,
  HttpsService,
  GreetingService,
  Service,
  Services,
  TlsSettings,
  Zone,
} from '../services/description.js';
import { ROOT_ANCHOR } from './root-key.js';
import { ADDRESS } from './topology.js';

const WELCOME: Answer = {
  status: '200 OK',
  headers: ['Content-Type: text/html; charset=utf-8', 'Server: lab'],
  body: '<!doctype html><title>Shop</title><p>Welcome.</p>\n',
};

/** Names that every resolver of the lab knows. Both have addresses of the server unless said otherwise. */
export const NAMES: Zone = {
  'example.com': { A: [ADDRESS.server], AAAA: [ADDRESS.server6] },
  'shop.example.com': { A: [ADDRESS.server], AAAA: [ADDRESS.server6] },
  'four.example.com': { A: [ADDRESS.server] },
  'six.example.com': { AAAA: [ADDRESS.server6] },
  'alias.example.com': { CNAME: 'shop.example.com' },
  'mailonly.example.com': { TXT: ['v=spf1 -all'] },
  'www.example.net': { A: [ADDRESS.reference], AAAA: [ADDRESS.reference6] },
  'connectivity.example.net': { A: [ADDRESS.reference], AAAA: [ADDRESS.reference6] },
};

export function https(settings: Partial<TlsSettings> = {}, answer: Answer = WELCOME, port = 443): HttpsService {
  return { kind: 'https', port, tls: { certificate: 'good', ...settings }, routes: { '*': answer } };
}

export function http(answer: Answer = WELCOME, port = 80): HttpService {
  return { kind: 'http', port, routes: { '*': answer } };
}

export function ssh(port = 22, delayMs?: number): GreetingService {
  return { kind: 'greeting', port, text: 'SSH-2.0-OpenSSH_9.2p1 Debian-2\r\n', ...(delayMs && { delayMs }) };
}

export function dns(behaviour?: DnsBehaviour, zone: Zone = NAMES): DnsService {
  return { kind: 'dns', port: 53, zone, ...(behaviour === undefined ? {} : { behaviour }) };
}

export const redirectTo = (location: string, status = '301 Moved Permanently'): Answer => ({
  status,
  headers: [`Location: ${location}`],
});

/** The server's usual services. */
export const SERVER: Services = [https(), http(redirectTo('https://shop.example.com/')), ssh()];

export const RESOLVER: Services = [dns()];

const REFERENCE_ADDRESSES = [ADDRESS.reference, ADDRESS.reference6];

export const REFERENCE: Services = [
  { ...dns(), addresses: [ADDRESS.referenceResolver, ADDRESS.referenceResolver6] },
  { ...https({ names: ['www.example.net', 'connectivity.example.net'] }), addresses: REFERENCE_ADDRESSES },
  {
    kind: 'http',
    port: 80,
    addresses: REFERENCE_ADDRESSES,
    routes: {
      '/success.txt': { status: '200 OK', headers: ['Content-Type: text/plain'], body: 'success' },
      '*': WELCOME,
    },
  },
];

/** Adds a scenario's names to every DNS service that has the usual zone. */
export function withNames(services: Services, names: Zone): Service[] {
  return services.map((service) =>
    service.kind === 'dns' && service.zone === NAMES ? { ...service, zone: { ...NAMES, ...names } } : service,
  );
}

/** Settings as `--config` takes them. */
export const SETTINGS = {
  references: {
    resolvers: [ADDRESS.referenceResolver],
    portalChecks: [{ url: 'http://connectivity.example.net/success.txt', status: 200, body: 'success' }],
    hosts: ['www.example.net:443'],
  },
  rootAnchors: [ROOT_ANCHOR],
};

/** The reference's services, with a status page of status.example.com beside them, in the form of Statuspage. */
export function statusPage(status: object, summary: object = status): Service[] {
  const json = (body: object): Answer => ({
    status: '200 OK',
    headers: ['Content-Type: application/json'],
    body: JSON.stringify(body),
  });
  return REFERENCE.map((service) =>
    service.kind === 'https'
      ? {
          ...service,
          tls: { ...service.tls, names: ['www.example.net', 'connectivity.example.net', 'status.example.com'] },
          routes: { ...service.routes, '/api/v2/status.json': json(status), '/api/v2/summary.json': json(summary) },
        }
      : service,
  );
}

/** The same in the form of cState, which has one document at one place. */
export function cStatePage(index: object): Service[] {
  return statusPage({}).map((service) =>
    service.kind === 'https'
      ? {
          ...service,
          routes: {
            '/api/v2/status.json': { status: '404 Not Found' },
            '/summary.json': { status: '404 Not Found' },
            '/index.json': {
              status: '200 OK',
              headers: ['Content-Type: application/json'],
              body: JSON.stringify(index),
            },
            '*': service.routes['*'] ?? WELCOME,
          },
        }
      : service,
  );
}

export const STATUS_NAMES: Zone = { 'status.example.com': { A: [ADDRESS.reference] } };
