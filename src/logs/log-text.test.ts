import { describe, expect, it } from 'vitest';
import { logText } from './log-text.js';

describe('logs', () => {
  it('are read whatever they are written in', () => {
    const utf16 = Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from('/a\u200e: X FOUND\r\n', 'utf16le')]);
    expect(logText(utf16)).toBe('/a: X FOUND\n');
    expect(logText(Buffer.concat([Buffer.from([0xfe, 0xff]), Buffer.from('/a', 'utf16le').swap16()]))).toBe('/a');
    expect(logText(Buffer.from('\ufeff/a\r\n'))).toBe('/a\n');
    expect(logText(Buffer.from('/q/a\u200eb: X FOUND\n'))).toBe('/q/a\u200eb: X FOUND\n');
    expect(logText(Buffer.from([0xfe, 0xff, 0x00]))).toBe('');
  });
});
