import { describe, expect, it } from 'vitest';
import { Duplex } from 'node:stream';
import { fakeSystem, type Script } from '../../../test/fake-system.js';
import type { Facts } from '../../model/facts.js';
import { contextOf, facts, known } from '../names/context.fixture.js';
import { routerGatherer } from './router.js';

const ROUTER = '192.168.7.1';
const of: Facts = facts('shop.example', {
  'device.routes': known({
    choices: [
      {
        address: '198.51.100.9',
        type: 'unicast',
        via: ROUTER,
        device: 'eth0',
        source: '192.168.7.20',
        table: null,
        error: null,
        line: null,
      },
    ],
    defaults: [{ family: 4, via: ROUTER, device: 'eth0', metric: null }],
    rules: [],
  }),
  connect: known([]),
});
const natPmp = Uint8Array.of(0, 128, 0, 0, 0, 0, 0, 60, 203, 0, 113, 2);
const found = (location: string): Uint8Array => Buffer.from(`HTTP/1.1 200 OK\r\nLOCATION: ${location}\r\n\r\n`);

/** An open connection that answers each request by a text. */
function page(answer: (request: string) => string): Duplex {
  const stream: Duplex = new Duplex({
    read: () => undefined,
    write: (chunk: Buffer, _encoding, done) => {
      const body = answer(chunk.toString());
      stream.push(`HTTP/1.1 200 OK\r\nContent-Length: ${body.length}\r\n\r\n${body}`);
      done();
    },
  });
  return stream;
}

const service = 'urn:schemas-upnp-org:service:WANIPConnection:1';
const description = `<root><service><serviceType>${service}</serviceType><controlURL>/ctl</controlURL></service></root>`;
const entry = (index: string): string =>
  `<NewProtocol>TCP</NewProtocol><NewExternalPort>${8080 + Number(index)}</NewExternalPort><NewInternalPort>80</NewInternalPort><NewInternalClient>192.168.7.40</NewInternalClient>`;
const igd = (request: string): string => {
  if (request.startsWith('GET')) return description;
  if (request.includes('GetExternalIPAddress"')) return '<NewExternalIPAddress>203.0.113.2</NewExternalIPAddress>';
  return entry(/Index>(\d+)</.exec(request)?.[1] ?? '0');
};

async function measure(script: Script) {
  const system = fakeSystem(script);
  return { system, result: await routerGatherer.gather(of, contextOf(system)) };
}

describe('router', () => {
  it('is asked by NAT-PMP', async () => {
    const { result } = await measure({ datagram: ({ port }) => (port === 5351 ? natPmp : 'silent') });
    expect(result).toMatchObject({ value: { outside: '203.0.113.2', by: ['nat-pmp'], mappings: [], inside: null } });
  });

  it('is asked by PCP, with the one question that changes nothing', async () => {
    const reply = new Uint8Array(24);
    reply.set([2, 0x80]);
    reply.set([1, 0], 10);
    const { system, result } = await measure({
      datagram: ({ port, payload }) => (port === 5351 && payload[0] === 2 ? reply : 'silent'),
    });
    expect(result).toMatchObject({ value: { outside: null, by: ['pcp'], upS: 256 } });
    const sent = system.asked.datagrams.find(({ port, payload }) => port === 5351 && payload[0] === 2)?.payload;
    expect([...(sent ?? [])]).toEqual([2, 0, ...Array<number>(16).fill(0), 255, 255, 192, 168, 7, 20]);
    for (const bad of [reply.subarray(0, 20), reply.map((byte, i) => (i === 3 ? 12 : byte)), natPmp]) {
      const again = await measure({
        datagram: ({ port, payload }) => (port === 5351 && payload[0] === 2 ? bad : 'silent'),
      });
      expect(again.result.state).toBe('skipped');
    }
  });

  it('says by UPnP how its connection is', async () => {
    const more = `<service><serviceType>urn:schemas-upnp-org:service:WANCommonInterfaceConfig:1</serviceType><controlURL>/c</controlURL></service><service><serviceType>urn:schemas-upnp-org:service:WANIPv6FirewallControl:1</serviceType><controlURL>/6</controlURL></service>`;
    const answers: Record<string, string> = {
      GetStatusInfo:
        '<NewConnectionStatus>Disconnected</NewConnectionStatus><NewLastConnectionError>ERROR_NO_CARRIER</NewLastConnectionError>',
      GetEnabledForInternet: '<NewEnabledForInternet>0</NewEnabledForInternet>',
      GetFirewallStatus: '<FirewallEnabled>1</FirewallEnabled><InboundPinholeAllowed>0</InboundPinholeAllowed>',
    };
    const { result } = await measure({
      datagram: ({ port }) => (port === 1900 ? found(`http://${ROUTER}:5000/root.xml`) : 'silent'),
      dial: () =>
        page((request) =>
          request.startsWith('GET') ? description + more : (answers[/#(\w+)"/.exec(request)?.[1] ?? ''] ?? '<fault/>'),
        ),
    });
    expect(result).toMatchObject({
      value: {
        outside: null,
        connection: { status: 'Disconnected', error: 'ERROR_NO_CARRIER' },
        outsideEnabled: false,
        ipv6Firewall: true,
        ipv6Pinholes: false,
      },
    });
  });

  it('says nothing by a short answer, a fault, or no address', async () => {
    for (const reply of [
      natPmp.subarray(0, 8),
      Uint8Array.of(0, 128, 0, 3, 0, 0, 0, 0, 1, 2, 3, 4),
      natPmp.map((byte, i) => (i > 7 ? 0 : byte)),
    ])
      expect((await measure({ datagram: ({ port }) => (port === 5351 ? reply : 'silent') })).result.state).toBe(
        'skipped',
      );
  });

  it('is asked by UPnP for its address and its mappings, a bounded number of them', async () => {
    const { result } = await measure({
      datagram: ({ port }) => (port === 1900 ? found(`http://${ROUTER}:5000/root.xml`) : 'silent'),
      dial: () => page(igd),
    });
    expect(result).toMatchObject({ value: { outside: '203.0.113.2', by: ['upnp'] } });
    expect(result.state === 'known' ? result.value.mappings.length : 0).toBe(32);
  });

  it('goes nowhere else, wherever the answer points', async () => {
    for (const location of [
      'http://198.51.100.9/root.xml',
      'https://192.168.7.1/',
      'file:///etc/passwd',
      'http://192.168.7.1@evil.example/',
    ]) {
      const { system, result } = await measure({
        datagram: ({ port }) => (port === 1900 ? found(location) : 'silent'),
        dial: () => page(igd),
      });
      expect(result.state, location).toBe('skipped');
      expect(system.asked.dials, location).toEqual([]);
    }
  });

  it('is nobody where the way out is no home network', () => {
    const routes = {
      choices: [],
      defaults: [{ family: 4 as const, via: '198.51.100.1', device: 'eth0', metric: null }],
      rules: [],
    };
    expect(routerGatherer.when?.({ ...of, 'device.routes': known(routes) }, contextOf(fakeSystem()))).toMatch(
      /no router/,
    );
  });
});
