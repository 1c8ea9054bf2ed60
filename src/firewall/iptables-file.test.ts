import { describe, expect, it } from 'vitest';
import { chainInRestoreFile } from './iptables-file.js';

const text =
  '*nat\n:OUTPUT ACCEPT [0:0]\n-A OUTPUT -j RETURN\nCOMMIT\n*filter\n:INPUT DROP [0:0]\n:OUTPUT ACCEPT\n-A INPUT -i lo -j ACCEPT\n-A OUTPUT -j DROP\nCOMMIT\n';

describe('a file for iptables-restore', () => {
  it('has the rules of a chain of one table, with their lines', () => {
    expect(chainInRestoreFile(text, 'filter', 'OUTPUT')).toEqual({
      rules: [{ number: 9, text: '-A OUTPUT -j DROP' }],
      declared: { number: 7, text: ':OUTPUT ACCEPT' },
    });
  });

  it('says nothing of tables that are not in it, cut off, or in it twice', () => {
    expect(chainInRestoreFile(text, 'raw', 'OUTPUT')).toBe(null);
    expect(chainInRestoreFile(text, 'filter', 'FORWARD')).toBe(null);
    expect(chainInRestoreFile(text.replace(/COMMIT\n$/, ''), 'filter', 'OUTPUT')).toBe(null);
    expect(chainInRestoreFile(text + text, 'filter', 'OUTPUT')).toBe(null);
  });
});
