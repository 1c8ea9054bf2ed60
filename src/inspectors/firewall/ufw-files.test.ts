import { describe, expect, it } from 'vitest';
import { ufwDefault, ufwLine, type UfwFile } from './ufw-files.js';

// As ufw 0.36.2 writes them for: insert 1 deny log from 192.0.2.1; allow out 22/tcp; allow OpenSSH; …
const four: UfwFile = {
  path: '/etc/ufw/user.rules',
  text: `*filter
:ufw-user-input - [0:0]
### RULES ###

### tuple ### deny_log any any 0.0.0.0/0 any 192.0.2.1 in
-A ufw-user-logging-input -s 192.0.2.1 -m conntrack --ctstate NEW -m limit --limit 3/min --limit-burst 10 -j LOG --log-prefix "[UFW BLOCK] "
-A ufw-user-logging-input -s 192.0.2.1 -j RETURN
-A ufw-user-input -s 192.0.2.1 -j ufw-user-logging-input
-A ufw-user-input -s 192.0.2.1 -j DROP

### tuple ### allow tcp 22 0.0.0.0/0 any 0.0.0.0/0 out
-A ufw-user-output -p tcp --dport 22 -j ACCEPT

### tuple ### allow tcp 137,138 0.0.0.0/0 any 0.0.0.0/0 Samba - in
-A ufw-user-input -p tcp -m multiport --dports 137,138 -j ACCEPT -m comment --comment 'dapp_Samba'

### tuple ### allow udp 139,445 0.0.0.0/0 any 0.0.0.0/0 Samba - in
-A ufw-user-input -p udp -m multiport --dports 139,445 -j ACCEPT -m comment --comment 'dapp_Samba'

### tuple ### deny tcp 443 0.0.0.0/0 any 0.0.0.0/0 out comment=6b696473
-A ufw-user-output -p tcp --dport 443 -j DROP

### tuple ### reject any any 198.51.100.0/24 any 0.0.0.0/0 out
-A ufw-user-output -d 198.51.100.0/24 -j REJECT

### tuple ### deny tcp 80,8080 0.0.0.0/0 any 0.0.0.0/0 out_eth0 comment=6974277320656e6f756768
-A ufw-user-output -o eth0 -p tcp -m multiport --dports 80,8080 -j DROP

### tuple ### route:deny any any 192.0.2.7 any 0.0.0.0/0 in_eth0!out_eth1
-A ufw-user-forward -i eth0 -o eth1 -d 192.0.2.7 -j DROP

### END RULES ###
COMMIT
`,
};
const six: UfwFile = {
  path: '/etc/ufw/user6.rules',
  text: `*filter
### tuple ### deny tcp 443 ::/0 any ::/0 out comment=6b696473
-A ufw6-user-output -p tcp --dport 443 -j DROP

`,
};
const find = (saved: string, family: 'ip' | 'ip6' = 'ip') =>
  ufwLine(saved, [family === 'ip' ? four : six], [six, four], family);

describe("ufw's own files", () => {
  it('tell number, words and comment of the rule that the kernel has', () => {
    expect(find('-A ufw-user-output -p tcp -m tcp --dport 443 -j DROP')).toEqual({
      manager: 'ufw',
      rule: '-A ufw-user-output -p tcp -m tcp --dport 443 -j DROP',
      location: '/etc/ufw/user.rules:21',
      number: 4,
      words: 'deny out 443/tcp',
      comment: 'kids',
    });
  });

  it('count as `ufw status numbered` does: an application once, IPv6 last', () => {
    const samba = '-A ufw-user-input -p udp -m multiport --dports 139,445 -m comment --comment "dapp_Samba" -j ACCEPT';
    expect(find(samba)).toMatchObject({ number: 3, words: 'allow Samba' });
    expect(find('-A ufw6-user-output -p tcp -m tcp --dport 443 -j DROP', 'ip6')).toMatchObject({ number: 8 });
  });

  it.each([
    ['-A ufw-user-input -s 192.0.2.1/32 -j DROP', 'deny log from 192.0.2.1'],
    [
      '-A ufw-user-output -d 198.51.100.0/24 -j REJECT --reject-with icmp-port-unreachable',
      'reject out to 198.51.100.0/24',
    ],
    [
      '-A ufw-user-output -o eth0 -p tcp -m multiport --dports 80,8080 -j DROP',
      'deny out on eth0 to any port 80,8080 proto tcp',
    ],
    ['-A ufw-user-forward -d 192.0.2.7/32 -i eth0 -o eth1 -j DROP', 'route deny in on eth0 out on eth1 to 192.0.2.7'],
  ])('are read in whatever spelling: %s', (saved, words) => {
    expect(find(saved)?.words).toBe(words);
  });

  it('do not know a rule that was added by hand, or negated', () => {
    expect(find('-A ufw-user-output -p tcp -m tcp --dport 444 -j DROP')).toBeNull();
    expect(find('-A ufw-user-output ! -d 198.51.100.0/24 -j REJECT --reject-with icmp-port-unreachable')).toBeNull();
    expect(find('-A OUTPUT -p tcp -m tcp --dport 443 -j DROP')).toBeNull();
    expect(find('hostile')).toBeNull();
  });

  it('tell where a policy is set', () => {
    const file = {
      path: '/etc/default/ufw',
      text: 'IPV6=yes\n\nDEFAULT_INPUT_POLICY="DROP"\nDEFAULT_OUTPUT_POLICY="REJECT"\n',
    };
    expect(ufwDefault('INPUT', file)).toMatchObject({ location: '/etc/default/ufw:3', words: 'default deny incoming' });
    expect(ufwDefault('output', file)).toMatchObject({ words: 'default reject outgoing' });
    expect(ufwDefault('mine', file)).toBeNull();
  });
});
