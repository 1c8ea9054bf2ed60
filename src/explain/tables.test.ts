import { describe, expect, it } from 'vitest';
import { meanings } from '../data/error-messages/meanings/index.js';
import { messageTables } from '../data/error-messages/tables/index.js';
import { explain } from './explain.js';
import { entries } from './index-of-messages.js';
import { firstLiteral } from './pattern.js';
import { search } from './search.js';
import { readText } from './text.js';

const samples = {
  host: 'shop.example',
  site: 'shop.example',
  port: '8443',
  number: '7',
  endpoint: 'shop.example:8443',
  url: 'https://shop.example/x',
  path: '/run/x.sock',
  any: 'something',
};

const all = entries().map((entry) => {
  const text = entry.pattern.tokens
    .map((token) => ('literal' in token ? token.literal : samples[token.capture]))
    .join('');
  return { entry, text: entry.guard === 'number' ? `error ${text}` : text };
});

describe('the tables of messages', () => {
  it('have patterns whose beginning, read by itself, is that of the whole', () => {
    const differing = all.filter(({ entry: { pattern } }) => {
      const { literal, at } = firstLiteral(pattern.tokens);
      return literal !== pattern.first.literal || at !== pattern.first.at;
    });
    expect(differing.map(({ entry }) => entry.pattern.source)).toEqual([]);
  });
  it('hold every program that the command promises', () => {
    const programs = new Set(messageTables.map((table) => table.from));
    for (const name of [
      'chromium',
      'firefox',
      'safari',
      'edge',
      'curl',
      'wget',
      'ssh',
      'git',
      'npm',
      'pip',
      'apt',
      'docker',
      'java',
      'go',
      'python',
      'dotnet',
      'node',
      'php',
      'libpq',
      'mysql',
      'redis',
      'windows',
    ] as const) {
      expect(programs).toContain(name);
    }
    expect(all.length).toBeGreaterThan(3_000);
  });

  it('name the source of each wording', () => {
    for (const { source } of messageTables) expect(source.length).toBeGreaterThan(20);
  });

  it('find each pattern in its own text', () => {
    const missed = all.filter(
      ({ entry, text }) => !search(readText(text)).some((match) => match.entry.order === entry.order),
    );
    expect(missed.map(({ entry }) => entry.pattern.source)).toEqual([]);
  });

  it('do not contradict each other: each message alone is read with its own meaning', () => {
    const contradicted = all
      .filter(({ entry }) => entry.kind === 'message' && entry.meaning !== null)
      .filter(({ entry, text }) => entry.meaning !== null && explain(text).means !== meanings[entry.meaning].means);
    expect(contradicted.map(({ text }) => text)).toEqual([]);
  });

  it('hold no pattern twice', () => {
    const seen = all.map(({ entry, text }) => `${entry.table.from} ${entry.kind} ${text}`);
    expect(seen.filter((key, at) => seen.indexOf(key) !== at)).toEqual([]);
  });

  it('use every meaning', () => {
    const used = new Set(all.map(({ entry }) => entry.meaning));
    expect(Object.keys(meanings).filter((id) => ![...used].some((other) => other === id))).toEqual([]);
  });
});

describe('the meanings', () => {
  const jargon = /\b(?:TCP|UDP|SYN|RST|ICMP|NXDOMAIN|SERVFAIL|socket|handshake|MTU|daemon|endpoint|syscall)\b/;

  it.each(Object.entries(meanings))('%s is short, plain and whole', (_, { means, doesNotMean, candidates }) => {
    for (const text of [means, doesNotMean]) {
      expect(text).toMatch(/^[A-Z].*[.]$/);
      expect(text.length).toBeLessThanOrEqual(320);
      expect(text).not.toMatch(jargon);
      expect(text).not.toContain('might possibly');
    }
    expect(candidates.length).toBeGreaterThan(0);
    expect(new Set(candidates).size).toBe(candidates.length);
  });
});
