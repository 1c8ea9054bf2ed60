import { expect, it } from 'vitest';
import { attemptsOf } from '../../engine/attempts.js';
import type { FailedAttempt } from '../../model/attempt.js';
import type { FactValues } from '../../model/facts.js';
import { factsOf } from '../names/scene.fixture.js';
import { ledToGateway } from './led-to-gateway.js';

const judged = (url: string, led: string, via: string, asked = '198.51.100.10'): string | null => {
  const failure = { operation: 'http', code: 'redirect-refused', raw: `into ${led}` } as const;
  const routes = { choices: [], defaults: [{ family: 4, via, device: 'eth0', metric: null }], rules: [] };
  const page = `http://${led}/login`;
  const http = { address: asked, port: 80, url, ms: 1, status: 302, headers: {}, bodyBytes: 0, location: page };
  const facts = factsOf(url, {
    http: [http],
    redirects: [{ url: page, host: led, port: 80, addresses: [led], connect: [], failure }],
    'device.routes': routes,
  } as unknown as Partial<FactValues>);
  const attempts = attemptsOf(facts);
  const attempt = attempts.find(({ outcome }) => outcome !== 'ok' && outcome.code === 'redirect-refused');
  return ledToGateway(attempt as FailedAttempt, { facts, attempts })?.says ?? null;
};

it('a public page in the clear that leads to the own router is the router’s', () => {
  expect(judged('http://shop.example/', '192.168.7.1', '192.168.7.1')).toBe('fits');
});

it('is not where it leads elsewhere, came encrypted, or is of this network itself', () => {
  expect(judged('http://shop.example/', '192.168.7.9', '192.168.7.1')).toBeNull();
  expect(judged('http://shop.example/', '203.0.113.1', '203.0.113.1')).toBeNull();
  expect(judged('https://shop.example/', '192.168.7.1', '192.168.7.1')).toBeNull();
  expect(judged('http://shop.example/', '192.168.7.1', '192.168.7.1', '192.168.7.5')).toBeNull();
});
