import { describe, expect, it } from 'vitest';
import type { Facts } from '../../model/facts.js';
import type { InboundFact } from '../../model/inbound.js';
import type { RouterFact } from '../../model/way-facts.js';
import { routerInFront } from './router-in-front.js';

const OWN = '192.168.7.20';
const question: InboundFact = {
  protocol: 'tcp',
  from: '198.51.100.10',
  port: 8080,
  ends: [{ address: OWN, device: 'eth0' }],
  back: null,
  strict: [],
  units: [],
  containers: [],
  denied: null,
};
const mapping = { protocol: 'tcp', outsidePort: 8080, insideAddress: OWN, insidePort: 80, description: '' } as const;

function said(router: Partial<RouterFact> | null, more: Partial<InboundFact> = {}) {
  const value = { address: '192.168.7.1', outside: '203.0.113.2', by: ['upnp'], mappings: [], inside: null, ...router };
  const facts = router === null ? {} : { router: { state: 'known', value, at: 0, ms: 0, source: 'test' } };
  const result = routerInFront(facts as unknown as Facts, { ...question, ...more });
  return result && { advice: result.advice, says: result.evidence.map(({ says }) => says).join('; ') };
}

describe('the router in front', () => {
  it('is of no matter from inside, or for a public address', () => {
    expect(said({}, { from: '192.168.7.9' })).toBeNull();
    expect(said({}, { ends: [{ address: '203.0.113.9', device: 'eth0' }] })).toBeNull();
  });

  it('leads the port here already, or to somebody else, or nowhere', () => {
    expect(said({ mappings: [mapping] })).toMatchObject({ advice: expect.stringContaining('203.0.113.2:8080') });
    const other = said({ mappings: [{ ...mapping, insideAddress: '192.168.7.40' }] });
    expect(other?.says).toContain('192.168.7.40:80');
    expect(said({ mappings: [{ ...mapping, protocol: 'udp' }] })?.says).toContain('lists nothing');
    // Only UPnP lists any.
    expect(said({ by: ['nat-pmp'] })?.says).toBe('');
    expect(said(null)).toMatchObject({ says: '', advice: expect.stringContaining(`port 8080 to ${OWN}`) });
  });

  it('has another one before it where its own address is no public one', () => {
    const behind = said({ outside: '100.64.3.4', mappings: [mapping] });
    expect(behind?.advice).toContain('port 8080 to 100.64.3.4');
    expect(behind?.says).toContain('no public one');
  });

  it('has to let IPv6 in, and may not be told so by programs', () => {
    const ends = [...question.ends, { address: '2001:db8:7::20', device: 'eth0' }];
    expect(said({ ipv6Firewall: true, ipv6Pinholes: false }, { ends })?.says).toMatch(
      /is on, .*may not open.*2001:db8:7::20/,
    );
    expect(said({ ipv6Firewall: false }, { ends })?.says).toContain('is off');
    expect(said({ ipv6Firewall: true })?.says).not.toContain('IPv6');
  });
});
