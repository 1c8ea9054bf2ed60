import { describe, expect, it } from 'vitest';
import type { Ailment } from '../../model/remedy.js';
import { byHand } from './templates.js';

function ailment(cause: string, location?: string, address = '198.51.100.10'): Ailment {
  return {
    target: { input: 'https://shop.example/' },
    verdict: { cause, culprit: { kind: 'file', ...(location !== undefined && { location }) } },
    facts: { target: { literal: 4, host: address, port: 443 } },
  } as unknown as Ailment;
}

describe('commands to paste on other systems', () => {
  it('let only the target through', () => {
    expect(byHand('darwin', ailment('local-firewall'))?.commands.join('\n')).toContain('to 198.51.100.10 port 443');
    expect(byHand('win32', ailment('local-firewall'))).toEqual({
      title: expect.stringContaining('198.51.100.10 port 443') as unknown,
      commands: [expect.stringMatching(/-RemoteAddress 198\.51\.100\.10 -RemotePort 443$/)],
      undo: ['Remove-NetFirewallRule -Name whoblocked'],
    });
  });

  it('switch off the very line, with a copy to go back to', () => {
    const mac = byHand('darwin', ailment('hosts-file-override', '/etc/hosts:12'));
    expect(mac?.commands).toContain("sudo sed -i '' '12s/^/# /' /etc/hosts");
    expect(mac?.undo[0]).toBe('sudo mv /etc/hosts.whoblocked /etc/hosts');
    const windows = byHand(
      'win32',
      ailment('hosts-file-override', String.raw`C:\Windows\System32\drivers\etc\hosts:12`),
    );
    expect(windows?.commands[1]).toContain('$lines[11] = "# " + $lines[11]');
  });

  it('hold nothing that a shell gives a meaning to', () => {
    expect(byHand('darwin', ailment('local-firewall', undefined, '$(reboot)'))).toBe(null);
    expect(byHand('darwin', ailment('hosts-file-override', "/etc/hosts';reboot:1"))).toBe(null);
    expect(byHand('win32', ailment('hosts-file-override', '/etc/hosts:12'))).toBe(null);
  });

  it('are there for no other system', () => {
    expect(byHand('linux', ailment('local-firewall'))).toBe(null);
    expect(byHand('darwin', ailment('nothing-listening'))).toBe(null);
  });
});

describe('the other plans, by the tools of each system', () => {
  function known(cause: string, values: Readonly<Record<string, unknown>>): Ailment {
    const facts = Object.fromEntries(Object.entries(values).map(([key, value]) => [key, { state: 'known', value }]));
    return {
      target: { input: 'https://shop.example/' },
      verdict: { cause, culprit: { kind: 'resolver', address: '192.0.2.9' } },
      facts: { target: { literal: 4, host: '198.51.100.10', port: 443 }, ...facts },
    } as unknown as Ailment;
  }
  const answers = (resolver: string) => ({
    'name.reference': { answers: [{ resolver, addresses: ['198.51.100.10'] }] },
  });

  it.each(['darwin', 'win32'])('of %s ask a name server that answered, and no other', (platform) => {
    const found = byHand(platform, known('resolver-unreachable', answers('9.9.9.9')));
    expect(found?.commands.join('\n')).toMatch(/9\.9\.9\.9$/);
    expect(found?.undo).toHaveLength(1);
    expect(byHand(platform, known('resolver-unreachable', answers('192.0.2.9')))).toBe(null);
    expect(byHand(platform, known('resolver-unreachable', answers('9.9.9.9;reboot')))).toBe(null);
    expect(byHand(platform, known('resolver-unreachable', {}))).toBe(null);
  });

  it.each(['darwin', 'win32'])('of %s bound packets to what passes', (platform) => {
    const sizes = (largest: number) => ({ 'path.sizes': [{ largest, tooLarge: largest + 1 }] });
    expect(byHand(platform, known('path-mtu-blackhole', sizes(1420)))?.commands.join()).toContain('1420');
    expect(byHand(platform, known('path-mtu-blackhole', sizes(900)))).toBe(null);
  });

  it.each(['darwin', 'win32'])('of %s open one port for one address', (platform) => {
    const asked = { inbound: { protocol: 'tcp', port: 8080, from: '203.0.113.9' } };
    const text = byHand(platform, known('local-firewall', asked))?.commands.join('\n') ?? '';
    expect(text).toContain('203.0.113.9');
    expect(text).toContain('8080');
  });

  it.each(['network-down', 'ipv6-broken', 'clock-wrong', 'captive-portal', 'proxy-unreachable', 'stale-dns-cache'])(
    'are there on both for %s',
    (cause) => {
      for (const platform of ['darwin', 'win32']) expect(byHand(platform, known(cause, {}))?.commands).not.toEqual([]);
    },
  );
});
