import { familyOf } from '../../model/address.js';
import type { Context } from '../../model/gatherer.js';
import type { PortMapping, RouterFact } from '../../model/way-facts.js';
import { askRouter, type Place } from './igd-http.js';

const ssdpPort = 1900;
/** Routers may take their time up to the seconds that MX names; asked alone they answer at once. */
const searchMs = 600;
const mostMappings = 32;
const mostServices = 32;
const longestText = 120;
const wanted = 'urn:schemas-upnp-org:device:InternetGatewayDevice:1';
const kinds = {
  connection: /^urn:schemas-upnp-org:service:WAN(?:IP|PPP)Connection:[12]$/,
  common: /^urn:schemas-upnp-org:service:WANCommonInterfaceConfig:1$/,
  ipv6: /^urn:schemas-upnp-org:service:WANIPv6FirewallControl:1$/,
} as const;

export interface Igd extends Pick<RouterFact, 'connection' | 'outsideEnabled' | 'ipv6Firewall' | 'ipv6Pinholes'> {
  readonly outside: string | null;
  readonly mappings: readonly PortMapping[];
}

type Call = (action: string, body?: string) => Promise<string | null>;

/**
 * What the router tells by UPnP (UDA 1.1; WANIPConnection:1, WANCommonInterfaceConfig:1, WANIPv6FirewallControl:1): its
 * outside address, whether it is connected and lets anybody out, and what it leads inside. Only questions, and only to the
 * router's own address, whatever its answers point at.
 */
export async function askIgd(router: string, context: Context): Promise<Igd | null> {
  const place = await descriptionOf(router, context);
  const description = place && (await askRouter(place, [`GET ${place.path} HTTP/1.1`], '', context));
  if (!place || !description) return null;
  const [connection, common, ipv6] = (['connection', 'common', 'ipv6'] as const).map((kind) =>
    serviceOf(kind, description, place, context),
  );
  if (!connection) return null;
  const [told, status, enabled, firewall] = await Promise.all([
    connection('GetExternalIPAddress'),
    connection('GetStatusInfo'),
    common?.('GetEnabledForInternet') ?? null,
    ipv6?.('GetFirewallStatus') ?? null,
  ]);
  const mappings: PortMapping[] = [];
  for (let index = 0; index < mostMappings && !context.signal.aborted; index++) {
    const answer = await connection(
      'GetGenericPortMappingEntry',
      `<NewPortMappingIndex>${index}</NewPortMappingIndex>`,
    );
    const mapping = answer && mappingIn(answer);
    if (!mapping) break;
    mappings.push(mapping);
  }
  const outside = element(told ?? '', 'NewExternalIPAddress');
  const state = element(status ?? '', 'NewConnectionStatus');
  const error = element(status ?? '', 'NewLastConnectionError');
  const allowed = flag(element(enabled ?? '', 'NewEnabledForInternet'));
  const guarded = flag(element(firewall ?? '', 'FirewallEnabled'));
  const pinholes = flag(element(firewall ?? '', 'InboundPinholeAllowed'));
  return {
    outside: outside !== null && familyOf(outside) === 4 && outside !== '0.0.0.0' ? outside : null,
    mappings,
    ...(state !== null && state !== '' && { connection: { status: state, ...(error && { error }) } }),
    ...(allowed !== null && { outsideEnabled: allowed }),
    ...(guarded !== null && { ipv6Firewall: guarded }),
    ...(pinholes !== null && { ipv6Pinholes: pinholes }),
  };
}

/** How one of its services is called; undefined where its description lists none of that kind. */
function serviceOf(kind: keyof typeof kinds, description: string, place: Place, context: Context): Call | undefined {
  const blocks = description.split(/<service>/i).slice(1, 1 + mostServices);
  const block = blocks.find((one) => kinds[kind].test(element(one, 'serviceType') ?? ''));
  const type = element(block ?? '', 'serviceType');
  const path = element(block ?? '', 'controlURL');
  if (type === null || path === null) return undefined;
  return (action, body = '') =>
    askRouter(
      place,
      [`POST ${pathIn(path)} HTTP/1.1`, `SOAPAction: "${type}#${action}"`, 'Content-Type: text/xml; charset="utf-8"'],
      envelope(type, action, body),
      context,
    );
}

function flag(text: string | null): boolean | null {
  if (text === null) return null;
  return /^(?:1|true|yes)$/i.test(text) ? true : /^(?:0|false|no)$/i.test(text) ? false : null;
}

async function descriptionOf(
  router: string,
  { system, options, signal }: Context,
): Promise<(Place & { readonly path: string }) | null> {
  const search = `M-SEARCH * HTTP/1.1\r\nHOST: 239.255.255.250:1900\r\nMAN: "ssdp:discover"\r\nMX: 1\r\nST: ${wanted}\r\n\r\n`;
  const { outcome, bytes } = await system.sockets.datagram(
    {
      address: router,
      port: ssdpPort,
      payload: Buffer.from(search),
      timeoutMs: searchMs,
      interface: options.interface,
      accept: (reply) => Buffer.from(reply).toString('latin1').startsWith('HTTP/1.1 200'),
    },
    signal,
  );
  if (outcome !== 'reply' || !bytes) return null;
  const location = /^location:\s*(\S{1,300})\s*$/im.exec(Buffer.from(bytes).toString('latin1'))?.[1];
  if (location === undefined || !URL.canParse(location)) return null;
  const { protocol, hostname, port, pathname, search: query } = new URL(location);
  if (protocol !== 'http:' || hostname !== router) return null;
  return { address: router, port: Number(port === '' ? 80 : port), path: pathname + query };
}

function mappingIn(answer: string): PortMapping | null {
  const text = (name: string): string => element(answer, name) ?? '';
  const protocol = text('NewProtocol').toLowerCase();
  const insideAddress = text('NewInternalClient');
  const [outsidePort, insidePort] = [Number(text('NewExternalPort')), Number(text('NewInternalPort'))];
  if ((protocol !== 'tcp' && protocol !== 'udp') || familyOf(insideAddress) !== 4) return null;
  if (![outsidePort, insidePort].every((port) => Number.isInteger(port) && port > 0 && port < 65_536)) return null;
  if (text('NewEnabled') === '0') return null;
  return { protocol, outsidePort, insideAddress, insidePort, description: text('NewPortMappingDescription') };
}

/** The text of the first element of that name: routers' XML is too broken for more. Bounded. */
function element(xml: string, name: string): string | null {
  return new RegExp(`<(?:\\w+:)?${name}[^>]{0,100}>([^<]{0,${longestText}})</`, 'i').exec(xml)?.[1]?.trim() ?? null;
}

function pathIn(control: string): string {
  const path = control.replace(/^https?:\/\/[^/]*/i, '');
  return /^\/[\x21-\x7e]*$/.test(path) ? path : `/${path.replaceAll(/[^\x21-\x7e]/g, '')}`;
}

function envelope(type: string, action: string, body: string): string {
  return (
    '<?xml version="1.0"?><s:Envelope xmlns:s="http://schemas.xmlsoap.org/soap/envelope/" ' +
    's:encodingStyle="http://schemas.xmlsoap.org/soap/encoding/"><s:Body>' +
    `<u:${action} xmlns:u="${type}">${body}</u:${action}></s:Body></s:Envelope>`
  );
}
