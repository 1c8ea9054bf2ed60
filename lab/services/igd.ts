// What a home router tells of itself, read only: NAT-PMP (RFC 6886), PCP (RFC 6887), and UPnP's gateway device by SSDP, HTTP and SOAP.
import dgram from 'node:dgram';
import http from 'node:http';
import type { IgdService } from './description.js';

const SERVICE = 'urn:schemas-upnp-org:service:WANIPConnection:1';
const FIREWALL = 'urn:schemas-upnp-org:service:WANIPv6FirewallControl:1';
const COMMON = 'urn:schemas-upnp-org:service:WANCommonInterfaceConfig:1';

function answerSoap(
  { outside, mappings = [], state = 'Connected', disabled, ipv6Firewall }: IgdService,
  action: string,
  body: string,
): string | null {
  const response = (inner: string): string =>
    `<?xml version="1.0"?><s:Envelope xmlns:s="http://schemas.xmlsoap.org/soap/envelope/"><s:Body><u:${action}Response xmlns:u="${SERVICE}">${inner}</u:${action}Response></s:Body></s:Envelope>`;
  if (action === 'GetExternalIPAddress') return response(`<NewExternalIPAddress>${outside}</NewExternalIPAddress>`);
  const [status = '', error = 'ERROR_NONE'] = state.split(' ');
  if (action === 'GetStatusInfo')
    return response(
      `<NewConnectionStatus>${status}</NewConnectionStatus><NewLastConnectionError>${error}</NewLastConnectionError><NewUptime>60</NewUptime>`,
    );
  if (action === 'GetEnabledForInternet')
    return response(`<NewEnabledForInternet>${disabled ? 0 : 1}</NewEnabledForInternet>`);
  if (action === 'GetFirewallStatus' && ipv6Firewall)
    return response(
      `<FirewallEnabled>${ipv6Firewall === 'off' ? 0 : 1}</FirewallEnabled><InboundPinholeAllowed>${ipv6Firewall === 'on' ? 1 : 0}</InboundPinholeAllowed>`,
    );
  const index = Number(/<NewPortMappingIndex>(\d+)</.exec(body)?.[1] ?? -1);
  const [protocol, outsidePort, client, port] = (mappings[index] ?? '').split(' ');
  if (action !== 'GetGenericPortMappingEntry' || port === undefined) return null;
  return response(
    `<NewRemoteHost></NewRemoteHost><NewExternalPort>${outsidePort}</NewExternalPort><NewProtocol>${protocol?.toUpperCase()}</NewProtocol><NewInternalPort>${port}</NewInternalPort><NewInternalClient>${client}</NewInternalClient><NewEnabled>1</NewEnabled><NewPortMappingDescription>web</NewPortMappingDescription><NewLeaseDuration>0</NewLeaseDuration>`,
  );
}

function describe(address: string, port: number, { ipv6Firewall }: IgdService): string {
  const firewall = ipv6Firewall
    ? `<service><serviceType>${FIREWALL}</serviceType><serviceId>urn:upnp-org:serviceId:WANIPv6Firewall1</serviceId><controlURL>/ctl/IP6FCtl</controlURL></service>`
    : '';
  return `<?xml version="1.0"?><root xmlns="urn:schemas-upnp-org:device-1-0"><URLBase>http://${address}:${port}/</URLBase><device><deviceType>urn:schemas-upnp-org:device:InternetGatewayDevice:1</deviceType><serviceList><service><serviceType>${COMMON}</serviceType><serviceId>urn:upnp-org:serviceId:WANCommonIFC1</serviceId><controlURL>/ctl/CmnIfCfg</controlURL></service><service><serviceType>${SERVICE}</serviceType><serviceId>urn:upnp-org:serviceId:WANIPConn1</serviceId><controlURL>/ctl/IPConn</controlURL></service>${firewall}</serviceList></device></root>`;
}

async function udp(port: number, reply: (message: Buffer, socket: dgram.Socket) => Buffer | null): Promise<void> {
  const socket = dgram.createSocket('udp4');
  socket.on('message', (message, from) => {
    const answer = reply(message, socket);
    if (answer) socket.send(answer, from.port, from.address);
  });
  await new Promise<void>((resolve) => socket.bind(port, '0.0.0.0', resolve));
}

export async function serveIgd(service: IgdService): Promise<void> {
  const inside = service.addresses?.[0] ?? '192.168.7.1';
  await udp(5351, (message) => {
    if (message.length >= 2 && message[0] === 0 && message[1] === 0)
      return Buffer.from([0, 128, 0, 0, 0, 0, 0, 60, ...service.outside.split('.').map(Number)]);
    if (!service.pcp || message.length < 24 || message[0] !== 2 || message[1] !== 0) return null;
    const reply = Buffer.alloc(24);
    reply.set([2, 0x80]);
    reply.writeUInt32BE(60, 8);
    return reply;
  });
  if (service.natPmpOnly) return;
  await udp(1900, (message) =>
    message.toString('latin1').startsWith('M-SEARCH')
      ? Buffer.from(
          `HTTP/1.1 200 OK\r\nCACHE-CONTROL: max-age=120\r\nST: urn:schemas-upnp-org:device:InternetGatewayDevice:1\r\nUSN: uuid:lab\r\nEXT:\r\nSERVER: lab UPnP/1.1\r\nLOCATION: http://${inside}:${service.port}/rootDesc.xml\r\n\r\n`,
        )
      : null,
  );
  const server = http.createServer((request, response) => {
    let body = '';
    request.on('data', (chunk: Buffer) => (body += chunk.toString('latin1').slice(0, 10_000)));
    request.on('end', () => {
      const action = /#(\w+)"?$/.exec(request.headers['soapaction']?.toString() ?? '')?.[1];
      const answer = action === undefined ? describe(inside, service.port, service) : answerSoap(service, action, body);
      response.writeHead(answer === null ? 500 : 200, { 'Content-Type': 'text/xml' });
      response.end(answer ?? '');
    });
  });
  await new Promise<void>((resolve) => server.listen(service.port, '0.0.0.0', resolve));
}
