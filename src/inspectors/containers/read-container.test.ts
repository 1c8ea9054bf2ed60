import { expect, it } from 'vitest';
import { containerOf, networkOf } from './read-container.js';

const id = 'ab'.repeat(32);
const answer = {
  Id: id,
  Name: '/shop-db-1',
  State: { Status: 'exited', ExitCode: 137, OOMKilled: true, Pid: 0, Error: '' },
  Config: {
    Labels: { 'com.docker.compose.service': 'db', 'com.docker.compose.project': 'shop' },
    ExposedPorts: { '5432/tcp': {}, 'x/tcp': {} },
  },
  HostConfig: { NetworkMode: 'shop_default', PortBindings: { '5432/tcp': [{ HostIp: '', HostPort: '15432' }] } },
  NetworkSettings: {
    Ports: {},
    Networks: { shop_default: { IPAddress: '172.19.0.3', GlobalIPv6Address: '', Aliases: ['db', '\u001b[31m'] } },
  },
};

it('reads what the engine says of a container', () => {
  expect(containerOf(answer)).toEqual({
    id: 'abababababab',
    name: 'shop-db-1',
    service: 'db',
    project: 'shop',
    state: 'exited',
    exitCode: 137,
    outOfMemory: true,
    health: null,
    pid: null,
    mode: 'shop_default',
    networks: [{ name: 'shop_default', addresses: ['172.19.0.3'], names: ['db'] }],
    ports: [{ port: 5432, protocol: 'tcp', published: [{ address: '0.0.0.0', port: 15_432 }] }],
    error: null,
  });
});

it.each([[null], ['text'], [{}], [{ Id: '../..', Name: '/x' }], [{ Id: id, Name: '/\u001b[31m' }], [[1, 2]]])(
  'takes %j for no container',
  (one) => {
    expect(containerOf(one)).toBeNull();
  },
);

it('is bounded whatever comes', () => {
  const many = Object.fromEntries(Array.from({ length: 5_000 }, (_, i) => [`${i + 1}/tcp`, {}]));
  const value = containerOf({ ...answer, Config: { ExposedPorts: many } });
  expect(value?.ports.length).toBe(64);
  expect(networkOf({ Name: 'n', IPAM: { Config: [{ Subnet: '172.19.0.0/16' }, null, 7] } })?.subnets).toEqual([
    '172.19.0.0/16',
  ]);
});
