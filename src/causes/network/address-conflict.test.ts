import type { FactValues, ResetDistance } from '../../model/facts.js';
import type { KnockOutcome } from '../../model/links.js';
import { isSharedMac } from '../../model/shared-macs.js';
import type { LinkOwners } from '../../model/way-facts.js';
import { type Case, holdCases } from '../names/cases.fixture.js';
import { connectTry, factsOf, failedConnect } from '../names/scene.fixture.js';
import { cause } from './address-conflict.js';

const NEAR = '192.168.7.30';
const FAR = '198.51.100.10';
const A = '02:00:00:00:00:0a';
const B = '02:00:00:00:00:0b';

const refused = failedConnect('connect/refused', NEAR);
const farSilent = failedConnect('connect/timed-out', FAR);
const farRefused = failedConnect('connect/refused', FAR);

function facts(attempt: typeof refused, values: Partial<FactValues>, ...links: LinkOwners[]) {
  const address = attempt.address ?? '';
  const via = address === FAR ? '192.168.7.1' : null;
  return factsOf(`http://${address}/`, {
    connect: [
      {
        address,
        port: 443,
        first: connectTry(address, { failure: attempt.outcome, localAddress: '192.168.7.20' }),
        repeats: [],
      },
    ],
    'device.routes': {
      choices: [
        { address, type: 'unicast', via, device: 'eth0', source: '192.168.7.20', table: null, error: null, line: null },
      ],
      defaults: [],
      rules: [],
    },
    ...(links.length > 0 && { 'link.owners': links }),
    ...values,
  });
}
const has = (
  role: LinkOwners['role'],
  address: string,
  ...owners: [string, boolean, ...KnockOutcome[]][]
): LinkOwners => ({
  address,
  device: 'eth0',
  role,
  owners: owners.map(([mac, own, ...knocks]) => ({ mac, own, knocks, ...(isSharedMac(mac) && { shared: true }) })),
  at: { address: NEAR, port: 443 },
  ...(role === 'own' && { ownMac: '02:00:00:00:00:01' }),
});
const alone = has('own', '192.168.7.20');
const yes: KnockOutcome[] = ['open', 'open'];
const no: KnockOutcome[] = ['refused', 'refused'];
const silent: KnockOutcome[] = ['none', 'none'];
const from = (resetTtl: number): Partial<FactValues> => ({
  'connect.reset': [{ address: FAR, port: 443, resetTtl, hostTtl: null, refusedAtTtl1: false } satisfies ResetDistance],
});

const c = (name: string, attempt: Case['attempt'], of: Case['facts'], says: Case['says']): Case => ({
  name,
  cause,
  attempt,
  facts: of,
  says,
});

holdCases(
  'address-conflict',
  [
    c('nobody was asked', refused, facts(refused, {}), 'unknown'),
    c('one device has it', refused, facts(refused, {}, has('target', NEAR, [A, true]), alone), 'ruledOut'),
    c(
      'two have it, and one opens',
      refused,
      facts(refused, {}, has('target', NEAR, [A, true, ...yes], [B, true, ...no]), alone),
      'proven',
    ),
    c(
      'two have it, and nobody knocked',
      refused,
      facts(refused, {}, has('target', NEAR, [A, true], [B, true]), alone),
      'fits',
    ),
    c(
      'two have it, and both refuse: one device with two cards',
      refused,
      facts(refused, {}, has('target', NEAR, [A, true, ...no], [B, true, ...no]), alone),
      'ruledOut',
    ),
    c(
      'one that opens is not steady',
      refused,
      facts(refused, {}, has('target', NEAR, [A, true, 'open', 'none'], [B, true, ...no]), alone),
      'fits',
    ),
    c(
      'what is silent is not what was refused',
      refused,
      facts(refused, {}, has('target', NEAR, [A, true, ...yes], [B, true, ...silent]), alone),
      'fits',
    ),
    c(
      'the other one only stands in',
      refused,
      facts(refused, {}, has('target', NEAR, [A, true], [B, false]), alone),
      'ruledOut',
    ),
    c(
      'routers share it',
      refused,
      facts(refused, {}, has('target', NEAR, ['00:00:5e:00:01:07', true, ...yes], [B, true, ...no]), alone),
      'unknown',
    ),
    c(
      'another has this computer’s address',
      farSilent,
      facts(farSilent, {}, has('gateway', '192.168.7.1', [A, true]), has('own', '192.168.7.20', [B, true])),
      'fits',
    ),
    c(
      'it is this computer’s own second card',
      farSilent,
      facts(
        farSilent,
        {},
        has('gateway', '192.168.7.1', [A, true]),
        has('own', '192.168.7.20', ['02:00:00:00:00:01', true]),
      ),
      'ruledOut',
    ),
    c(
      'the refusal came here',
      farRefused,
      facts(farRefused, from(64), has('gateway', '192.168.7.1', [A, true]), has('own', '192.168.7.20', [B, true])),
      'ruledOut',
    ),
    c('the refusal came from afar', farRefused, facts(farRefused, from(61)), 'ruledOut'),
    c('the refusal may be the next one’s', farRefused, facts(farRefused, from(64)), 'unknown'),
    c(
      'routers behind the router answer',
      farSilent,
      facts(farSilent, {
        path: [
          {
            address: FAR,
            port: 443,
            reachedAt: null,
            hops: [
              { ttl: 1, address: '192.168.7.1', icmp: { type: 11, code: 0 }, ms: 1 },
              { ttl: 2, address: '203.0.113.1', icmp: { type: 11, code: 0 }, ms: 1 },
            ],
          },
        ],
      }),
      'ruledOut',
    ),
  ],
  {},
);
