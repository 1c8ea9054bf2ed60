import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { edited, textOfBytes, withoutEdits } from './edit-lines.js';

const off = (line: number, was: string) => ({ do: 'comment-out', line, was }) as const;

describe('lines of a file', () => {
  it('are switched off and on again, whatever the line ends with', () => {
    const text = '127.0.0.1 localhost\r\n192.0.2.1 a\r\nlast';
    const changed = edited(text, [off(2, '192.0.2.1 a')], 'abcdefgh');
    expect(changed).toBe('127.0.0.1 localhost\r\n# whoblocked abcdefgh: 192.0.2.1 a\r\nlast');
    expect(withoutEdits(changed, 'abcdefgh')).toBe(text);
    expect(withoutEdits(changed, 'other234')).toBe(changed);
  });

  it('get an exception with the indentation of the line above', () => {
    const match = { family: 6, protocol: 'tcp', destination: '2001:db8::1', dport: 443 } as const;
    const text = 'chain c {\n\t\ttype filter hook output priority 0;\n\t\tdrop\n}\n';
    const edit = { do: 'add-allow', below: 2, was: '\t\ttype filter hook output priority 0;', match } as const;
    const changed = edited(text, [edit], 'abcdefgh');
    expect(changed.split('\n')[2]).toBe('\t\tip6 daddr 2001:db8::1 tcp dport 443 accept comment "whoblocked abcdefgh"');
    expect(withoutEdits(changed, 'abcdefgh')).toBe(text);
  });

  it('that are no longer what they were stop the edit', () => {
    expect(() => edited('a\nb\n', [off(2, 'c')], 'abcdefgh')).toThrow(/no longer what it was/);
    expect(() => edited('a\n', [off(9, 'c')], 'abcdefgh')).toThrow(/no longer what it was/);
  });

  it('come back byte for byte, any file and any lines', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 300 }), fc.array(fc.nat(20), { maxLength: 4 }), (bytes, picked) => {
        const text = textOfBytes(bytes);
        const lines = text.split('\n');
        const edits = [...new Set(picked)].flatMap((index) => {
          const line = lines[index]?.replace(/\r$/, '');
          // Plans hold text: only what survives as UTF-8 can be named by one.
          const was = line === undefined ? undefined : Buffer.from(line, 'latin1').toString('utf8');
          return was === undefined || Buffer.from(was, 'utf8').toString('latin1') !== line ? [] : [off(index + 1, was)];
        });
        expect(withoutEdits(edited(text, edits, 'abcdefgh'), 'abcdefgh')).toBe(text);
      }),
    );
  });
});
