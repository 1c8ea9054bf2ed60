import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { parseCall } from '../src/cli/arguments.js';
import type { Report } from '../src/model/report.js';
import { recipients } from '../src/model/recipient.js';
import { messageFor } from '../src/report/message.js';
import { redact } from '../src/report/redact.js';
import { renderText } from '../src/report/text.js';
import { whomToTell } from '../src/report/whom-to-tell.js';
import { root } from './built.js';

const recorded = (name: string): Report =>
  (JSON.parse(readFileSync(path.join(root, 'scenarios', `${name}.json`), 'utf8')) as { report: Report }).report;

const names = [
  'path/answer-lost.user',
  'path/blackhole-at-hop.root',
  'path/dropped-port.user',
  'path/dropped-all.root',
  'network/proxy-wants-login.user',
];

describe('a message to others', () => {
  it.each(names)('about %s holds what was found, when, and what was ruled out', (name) => {
    const report = recorded(name);
    for (const recipient of recipients) {
      const text = messageFor(recipient, report);
      const flat = text.replaceAll(/\s+/g, ' ');
      expect(flat).toContain(report.startedAt);
      expect(flat).toContain(`${report.target.host} port ${report.target.port}`);
      expect(flat).toContain(report.verdict.summary.split(' ').slice(0, 4).join(' '));
      const [first] = report.ruledOut;
      if (first !== undefined) expect(flat).toContain(`${first.cause}: ${first.because}`.slice(0, 60));
      expect(text.split('\n').every((line) => line.length <= 240)).toBe(true);
    }
  });

  it.each(names)('about %s says nobody is to blame where nobody is named', (name) => {
    const report = recorded(name);
    const unsure = { ...report, verdict: { ...report.verdict, certainty: 'possible' as const } };
    expect(messageFor('isp', unsure)).toContain('who is responsible could not be told');
    expect(messageFor('isp', unsure)).not.toContain('it is on your side');
  });

  it.each(names)('about %s has no name and no address when redacted', (name) => {
    const report = recorded(name);
    const text = messageFor('admin', redact(report));
    for (const secret of [report.target.host, ...report.target.addresses]) expect(text).not.toContain(secret);
  });

  it('keeps "nobody", which is an account of every computer and a word of many sentences', () => {
    const report = recorded('path/mtu-silent.user');
    expect(report.as.user).toBe('nobody');
    expect(messageFor('admin', redact(report)).replaceAll(/\s+/g, ' ')).toContain('and nobody says so');
  });

  it('names no router where it was somebody who is not known', () => {
    const flat = (name: string): string => messageFor('isp', redact(recorded(name))).replaceAll(/\s+/g, ' ');
    expect(flat('path/http-block-page.root')).toContain('what exactly: A filter on the way.');
    const text = flat('path/forged-refusal.root');
    expect(text).not.toContain('Router somebody');
    expect(text).toMatch(/: refused after \d+ ms, 1 packet sent and/);
  });

  it.each([
    ['path/reject-admin.user', 'isp'],
    ['path/port-25-everywhere.user', 'isp'],
    ['network/proxy-wants-login.user', 'admin'],
  ])('about %s is offered beside what to do, as a command that works', (name, whom) => {
    const report = recorded(name);
    const invocation = { plain: 'npx whoblocked', asRoot: 'sudo whoblocked' };
    const text = renderText(report, { invocation, verbose: false, color: false, width: 80 });
    expect(text).toContain(`npx whoblocked report --for ${whom} ${report.target.input}`);
  });

  it('is offered to nobody where this computer can mend it, or nobody is named', () => {
    for (const name of ['device/output-drop.root', 'network/portal-login.user'])
      expect(whomToTell(recorded(name))).toBe(null);
  });

  it('keeps ports, hops, times and what was ruled out when it is redacted', () => {
    for (const name of ['path/port-25-everywhere.user', 'path/blackhole-at-hop.root', 'path/dropped-port.user']) {
      const report = recorded(name);
      const [plain, hidden] = [messageFor('isp', report), messageFor('isp', redact(report))];
      expect(hidden).toContain(report.startedAt);
      expect(hidden).toContain(`port ${report.target.port}`);
      const ruledOut = (text: string): string[] => text.match(/^ {2}- [a-z-]+:/gm) ?? [];
      expect(ruledOut(hidden)).toEqual(ruledOut(plain));
      // As many addresses as before, each by its stand-in: which hop it was can still be told.
      const addresses = (text: string): number => text.match(/\b\d+\.\d+\.\d+\.\d+\b/g)?.length ?? 0;
      expect(addresses(hidden)).toBe(addresses(plain));
    }
  });

  it('tells from where to where, when, and by which hops', () => {
    const flat = messageFor('isp', recorded('path/port-25-everywhere.user')).replaceAll(/\s+/g, ' ');
    expect(flat).toMatch(
      /TCP from [\d.]+:\d+ to 198\.51\.100\.10:25, \d{4}-\d\d-\d\dT[\d:.]+Z and after: timed-out after \d+ ms/,
    );
    expect(flat).toMatch(/the way to [\d.]+:\d+, by hops: 1 192\.168\.7\.1/);
  });

  it('does not say of a page that a policy of the browser blocks that nothing connects', () => {
    const flat = messageFor('admin', recorded('device/browser-policy-blocks.user')).replaceAll(/\s+/g, ' ');
    expect(flat).toContain('I cannot open four.example.com port 80 in Chromium, though it answers.');
    expect(flat).toContain('If you have set it, please make an exception');
  });

  it('lets no text from outside begin a line or carry control characters', () => {
    const report = recorded('path/dropped-port.user');
    const summary = 'It fails.\nTo: everybody@example.com\u001B[2J\u202E';
    const text = messageFor('vendor', { ...report, verdict: { ...report.verdict, summary } });
    expect(text).not.toMatch(/^To:/m);
    expect(text).not.toMatch(/[\u001B\u202E]/);
  });

  it('is asked for with a target or a saved report', () => {
    expect(parseCall(['report', '--for', 'isp', 'shop.example'])).toMatchObject({
      command: 'report',
      recipient: 'isp',
      target: 'shop.example',
      saved: null,
      redact: true,
    });
    expect(parseCall(['report', '--for', 'admin', '--from', 'r.json', '--names'])).toMatchObject({
      saved: 'r.json',
      target: null,
      redact: false,
    });
  });

  it.each([
    ['report', 'shop.example'],
    ['report', '--for', 'boss', 'shop.example'],
    ['report', '--for', 'isp'],
    ['report', '--for', 'isp', '--from', ''],
    ['report', '--for', 'isp', '--from', 'r.json', 'shop.example'],
    ['report', '--for', 'isp', 'shop.example', '--json'],
  ])('is refused: %s %s %s %s', (...words) => {
    expect(() => parseCall(words)).toThrow();
  });
});
