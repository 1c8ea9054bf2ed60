import { describe, expect, it } from 'vitest';
import type { FailedAttempt } from '../../model/attempt.js';
import type { FactValues, HttpTry, TlsTry } from '../../model/facts.js';
import type { NearTry } from '../../model/way-facts.js';
import { factsOf } from '../names/scene.fixture.js';
import { cause } from './websocket-not-opened.js';

const address = '198.51.100.10';
const judged = (url: string, answer: Partial<HttpTry>, more: Partial<FactValues> = {}) => {
  const port = url.startsWith('wss') ? 443 : 80;
  const outcome = { operation: 'http', code: 'not-upgraded', raw: `${answer.status ?? 0}` } as const;
  const attempt = {
    id: 'http', stage: 'http', operation: 'http', hop: 0, host: 'shop.example', address, port, protocol: 'tcp', outcome,
  } as unknown as FailedAttempt; // prettier-ignore
  const http: HttpTry = { address, port, url, ms: 5, headers: {}, bodyBytes: 0, failure: outcome, ...answer };
  return cause.judge(attempt, { facts: factsOf(url, { http: [http], ...more }), attempts: [attempt] });
};
const own = { tls: [{ address, port: 443, faults: [], anchor: { public: true } } as unknown as TlsTry] };
const near = (tries: readonly NearTry[]) => ({ 'connect.near': { address, port: 80, tries } });

describe('a WebSocket that does not open', () => {
  it.each([101, 426])("is surely the site's own doing where it says %i over TLS of its own", (status) => {
    expect(judged('wss://shop.example/live', { status }, own)).toMatchObject({ says: 'proven' });
  });

  it.each([200, 302, 400, 404])('may hang on the query or the login that was left out where it says %i', (status) => {
    expect(judged('wss://shop.example/live', { status }, own)).toMatchObject({ says: 'fits', atMost: 'likely' });
  });

  it('is likely at most where whoever intercepts TLS may have said so', () => {
    const intercepted = { tls: [{ ...own.tls[0], anchor: { public: false } } as unknown as TlsTry] };
    expect(judged('wss://shop.example/live', { status: 200 }, intercepted)).toMatchObject({ atMost: 'likely' });
  });

  it('is likely at most in the clear, once nobody nearer was found', () => {
    expect(judged('ws://shop.example/live', { status: 426 })).toMatchObject({ missing: ['connect.near'] });
    expect(judged('ws://shop.example/live', { status: 426 }, near([]))).toMatchObject({
      says: 'fits',
      atMost: 'likely',
      missing: [],
    });
  });

  it('is not laid to the server where somebody on this side accepts the connection', () => {
    const tryAt = (as: NearTry['as'], opened: boolean, other = false): NearTry => ({
      address: other ? '192.0.2.80' : address,
      port: opened ? 80 : 9,
      hopLimit: 2,
      as,
      opened,
      ...(!opened && { expiredFrom: '203.0.113.1' }),
      ms: 1,
    });
    const caught = [
      tryAt('target', true),
      tryAt('target', true),
      tryAt('control', false),
      tryAt('elsewhere', true, true),
      tryAt('elsewhere', true, true),
      tryAt('elsewhere-control', false, true),
    ];
    expect(judged('ws://shop.example/live', { status: 426 }, near(caught)).says).toBe('unknown');
  });
});
