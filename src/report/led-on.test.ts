import { describe, expect, it } from 'vitest';
import type { HttpTry, RedirectHop } from '../model/facts.js';
import * as samples from './fixtures/reports.js';
import { ledOnSentence } from './led-on.js';
import { messageFor } from './message.js';
import { renderText } from './text.js';

const address = '198.51.100.99';
const page: HttpTry = {
  address: '198.51.100.10',
  port: 443,
  url: 'https://shop.example/',
  ms: 4,
  status: 302,
  headers: {},
  bodyBytes: 0,
};
const silent = { operation: 'connect', code: 'timed-out', raw: 'ETIMEDOUT' } as const;
const attempt = {
  address,
  port: 443,
  synchronous: false,
  ms: 3,
  localAddress: null,
  localPort: null,
  icmp: [],
  tcp: null,
};
const next: RedirectHop = {
  url: 'https://gone.example.net/',
  host: 'gone.example.net',
  port: 443,
  addresses: [address],
  connect: [{ address, port: 443, first: { ...attempt, failure: silent }, repeats: [] }],
};

function led(hop: RedirectHop, outcome: 'failed' | 'degraded' = 'failed') {
  const culprit = { kind: 'server', address } as const;
  const summary = 'Nothing answers there.';
  return samples.report(
    'https://shop.example/',
    { outcome, cause: 'host-down', certainty: 'likely', side: 'server', culprit, summary },
    {},
    { http: [page], redirects: [hop] },
  );
}

describe('a page that leads to where the connection fails', () => {
  it('tells where it was led, and never gives the other address to the target', () => {
    const text = renderText(led(next), {
      invocation: { plain: 'whoblocked', asRoot: 'sudo whoblocked' },
      verbose: false,
      color: false,
      width: 80,
    }).replaceAll(/\s+/g, ' ');
    expect(text).toContain('https://shop.example/ answers (HTTP 302) and leads to https://gone.example.net/:');
    expect(text).toContain(`gone.example.net (${address}), port 443.`);
    expect(text).not.toContain(`shop.example (${address})`);
    expect(text).toContain('✗ gone.example.net:443');
  });

  it('is no missing connection to the target in a message either', () => {
    const message = messageFor('admin', led(next)).replaceAll(/\s+/g, ' ');
    expect(message).toContain('Subject: Trouble with shop.example port 443');
    expect(message).toContain('the connection opens, and what comes behind it fails');
    expect(message).toContain('leads to https://gone.example.net/');
  });

  it('says nothing where the last page came, or the target itself fails', () => {
    const works = { ...next, connect: [{ address, port: 443, first: attempt, repeats: [] }] };
    expect(ledOnSentence(led(works))).toBeNull();
    expect(ledOnSentence(led(next, 'degraded'))).toBeNull();
    const circle = { operation: 'http', code: 'redirect-loop', raw: 'x' } as const;
    expect(ledOnSentence(led({ ...next, failure: circle }))).toBeNull();
  });
});
