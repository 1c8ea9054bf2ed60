import { describe, expect, it } from 'vitest';
import type { Change } from '../../model/change.js';
import { decode, encode } from './journal-text.js';

const change: Change = {
  id: 'abcdefgh',
  state: 'confirmed',
  createdAt: '2026-11-27T20:00:00.000Z',
  updatedAt: '2026-11-27T20:00:01.000Z',
  version: '0.1.0',
  remedy: 'allow-in-firewall',
  title: 'lets only 198.51.100.10 port 443 through',
  risk: 'low',
  target: 'https://shop.example/',
  cause: 'local-firewall',
  why: "This computer's own firewall stops the connection.",
  opens: [],
  commands: [],
  undo: [],
  steps: [
    {
      operation: {
        kind: 'nft-allow',
        rules: [
          {
            family: 'inet',
            table: 'filter',
            chain: 'output',
            place: { above: 4, text: 'tcp dport 443 drop' },
            match: { family: 4, protocol: 'tcp', destination: '198.51.100.10', dport: 443 },
          },
        ],
      },
      before: { chains: [] },
    },
  ],
  keepForMs: 60_000,
  until: null,
  by: { pid: 7, started: 9, boot: 'x' },
  note: 'kept',
};

const whole = encode(change);
/** The same with another body and a checksum that fits: what a newer or a hostile writer could leave. */
const forged = (change_: unknown): string => encode(change_ as Change);

describe('a record of the journal', () => {
  it('is read as it was written', () => {
    expect(decode('abcdefgh', whole)).toEqual({ is: 'change', change });
  });

  it('cut off anywhere is told, never guessed', () => {
    for (let length = 0; length < whole.length; length++)
      expect(decode('abcdefgh', whole.slice(0, length))).toMatchObject({ is: 'unreadable', why: /damaged/ });
  });

  it('of a newer version says so', () => {
    const newer = whole.replace('whoblocked change 1 ', 'whoblocked change 2 ');
    expect(decode('abcdefgh', newer)).toMatchObject({ is: 'unreadable', why: /newer version/ });
  });

  it('under another name is not taken', () => {
    expect(decode('abcdefgi', whole)).toMatchObject({ is: 'unreadable' });
  });

  it.each([
    ['an operation that nobody knows', { kind: 'run', command: 'rm -rf /' }],
    [
      'a path where a name belongs',
      { kind: 'file-lines', file: '/etc/shadow', edits: [{ do: 'comment-out', line: 1, was: 'x' }] },
    ],
    ['more arguments than there are', { kind: 'probe', with: 'nft', command: 'id' }],
    [
      'a table with a name that nft would read as more',
      {
        kind: 'nft-allow',
        rules: [
          {
            family: 'inet',
            table: 'x; flush ruleset',
            chain: 'c',
            place: 'top',
            match: { family: 4, protocol: 'tcp', destination: '192.0.2.1', dport: 1 },
          },
        ],
      },
    ],
    [
      'an exception for everything',
      {
        kind: 'nft-allow',
        rules: [{ family: 'inet', table: 'x', chain: 'c', place: 'top', match: { family: 4, protocol: 'tcp' } }],
      },
    ],
    [
      'an address that is none',
      {
        kind: 'nft-allow',
        rules: [
          {
            family: 'inet',
            table: 'x',
            chain: 'c',
            place: 'top',
            match: { family: 4, protocol: 'tcp', destination: '0.0.0.0/0', dport: 443 },
          },
        ],
      },
    ],
    ['two lines in one', { kind: 'file-lines', file: 'hosts', edits: [{ do: 'comment-out', line: 1, was: 'a\nb' }] }],
  ])('with %s is refused', (_name, operation) => {
    const text = forged({ ...change, steps: [{ operation, before: null }] });
    expect(decode('abcdefgh', text)).toMatchObject({ is: 'unreadable' });
  });
});
