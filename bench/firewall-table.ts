// The firewall's figures for people.
import type { RulesetFigures } from './firewall.js';
import { mebibytes, milliseconds } from './table.js';

export function rulesetTable(one: RulesetFigures): string {
  const [own] = one.runs;
  const lines = one.runs.map(({ name, medianMs, cpuMs, runs, cut, failed }) => {
    const ratio = own === undefined || own.name === name ? '' : `× ${(medianMs / own.medianMs).toPrecision(3)}`;
    const columns = [name.padEnd(28), milliseconds(medianMs), milliseconds(cpuMs), String(runs), ratio];
    const remark = cut ? 'cut off after 30 s' : failed ? 'FAILED' : '';
    return `  ${columns.map((text, at) => (at === 0 ? text : text.padStart(10))).join('')}  ${remark}`.trimEnd();
  });
  const verdicts = Object.entries(one.verdicts).map(([verdict, count]) => `${count} ${verdict}`);
  return [
    `A firewall of ${one.rules} rules (${one.format}, ${(one.bytes / 1e6).toFixed(1)} MB)`,
    `  ${['', 'median', 'processor', 'runs', 'ratio'].map((word, at) => (at === 0 ? word.padEnd(28) : word.padStart(10))).join('')}`,
    ...lines,
    `  a decision: ${one.microsecondsEach.toFixed(1)} µs (${verdicts.join(', ')}); memory: ${mebibytes(one.memoryBytes)}`,
    '',
  ].join('\n');
}
