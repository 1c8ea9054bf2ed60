import { describe, expect, it } from 'vitest';
import { helpFor } from './help.js';

describe('help', () => {
  const whole = helpFor(null);

  it.each([
    'run',
    'replay',
    'report',
    'explain',
    'rules',
    'inbound',
    'compare',
    'fix',
    'undo',
    'changes',
    'pause',
    'reset',
    'quarantine',
  ])('of %s tells of it alone, in words of the whole', (command) => {
    const own = helpFor(command);
    expect(own).toMatch(new RegExp(`whoblocked ${command}[ ,]`));
    expect(own.split('\n').length).toBeLessThan(whole.split('\n').length / 3);
    expect(own).not.toContain('postgres://');
    for (const line of own.trimEnd().split('\n').slice(0, -1)) expect(whole).toContain(line);
  });

  it('tells an option with its command', () => {
    expect(helpFor('fix')).toContain('--dry-run');
    expect(helpFor('undo')).toContain('--anyway');
    expect(helpFor('undo')).not.toContain('--dry-run');
  });

  it('of what is no command is the whole', () => expect(helpFor('frobnicate')).toBe(whole));
});
