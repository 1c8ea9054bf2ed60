import { describe, expect, it } from 'vitest';
import { chainInFile, lineOfRule } from './nft-file.js';

const debian = `#!/usr/sbin/nft -f
# chain output { is only words here
flush ruleset

table inet filter {
	set bad {
		type ipv4_addr
		elements = { 192.0.2.1,
			192.0.2.2 }
	}
	chain input {
		type filter hook input priority filter; policy accept;
	}
	chain output {
		type filter hook output priority filter; policy accept;
		oif "lo" accept
		tcp dport 443 counter packets 3 bytes 9  drop # "kids"
	}
}
table ip filter {
	chain output {
		type filter hook output priority 0;
	}
}
`;

describe('a chain in a file of nft', () => {
  it('is found with the lines of its rules', () => {
    const chain = chainInFile(debian, 'inet', 'filter', 'output');
    expect(chain).toMatchObject({ typeLine: 15 });
    expect(chain && lineOfRule(chain, 'tcp dport 443 counter drop')).toBe(17);
    expect(chain && lineOfRule(chain, 'tcp dport 80 drop')).toBe(null);
    expect(chainInFile(debian, 'ip', 'filter', 'output')).toMatchObject({ typeLine: 22 });
  });

  it('that is not there, or there twice, is not guessed', () => {
    expect(chainInFile(debian, 'inet', 'filter', 'forward')).toBe(null);
    expect(chainInFile(debian, 'ip6', 'filter', 'output')).toBe(null);
    expect(chainInFile(debian + debian, 'inet', 'filter', 'output')).toBe(null);
    expect(chainInFile('add rule inet filter output drop\n', 'inet', 'filter', 'output')).toBe(null);
  });
});
