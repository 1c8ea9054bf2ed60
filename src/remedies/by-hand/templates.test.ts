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
