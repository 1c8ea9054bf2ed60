import { familyOf } from '../../model/address.js';
import type { Context } from '../../model/gatherer.js';
import type { PortMapping } from '../../model/way-facts.js';
import { askRouter, type Place } from './igd-http.js';

const ssdpPort = 1900;
/** Routers may take their time up to the seconds that MX names; asked alone they answer at once. */
const searchMs = 600;
const mostMappings = 32;
const longestText = 120;
const wanted = 'urn:schemas-upnp-org:device:InternetGatewayDevice:1';
const services = /urn:schemas-upnp-org:service:WAN(?:IP|PPP)Connection:[12]/;

export interface Igd {
  readonly outside: string | null;
  readonly mappings: readonly PortMapping[];
}

/**
 * What the router tells by UPnP (UDA 1.1; WANIPConnection:1): its outside address and what it leads inside. Only questions,
 * and only to the router's own address, whatever its answers point at.
 */
export async function askIgd(router: string, context: Context): Promise<Igd | null> {
  const place = await descriptionOf(router, context);
  const description = place && (await askRouter(place, [`GET ${place.path} HTTP/1.1`], '', context));
  if (!place || !description) return null;
  const block = description.split(/<service>/i).find((part) => services.test(part));
  const type = services.exec(block ?? '')?.[0];
  const path = element(block ?? '', 'controlURL');
  if (!type || path === null) return null;
  const call = (action: string, body: string): Promise<string | null> =>
    askRouter(
      place,
      [`POST ${pathIn(path)} HTTP/1.1`, `SOAPAction: "${type}#${action}"`, 'Content-Type: text/xml; charset="utf-8"'],
      envelope(type, action, body),
      context,
    );
  const told = element((await call('GetExternalIPAddress', '')) ?? '', 'NewExternalIPAddress');
  const mappings: PortMapping[] = [];
  for (let index = 0; index < mostMappings && !context.signal.aborted; index++) {
    const answer = await call('GetGenericPortMappingEntry', `<NewPortMappingIndex>${index}</NewPortMappingIndex>`);
    const mapping = answer && mappingIn(answer);
    if (!mapping) break;
    mappings.push(mapping);
  }
  return { outside: told !== null && familyOf(told) === 4 && told !== '0.0.0.0' ? told : null, mappings };
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
