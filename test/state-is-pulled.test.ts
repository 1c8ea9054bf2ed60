import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Report } from '../src/model/report.js';

const scenarios = path.join(import.meta.dirname, '../scenarios');

/** What tells of this device's guards: nobody waits for it where nothing hangs on it. */
const state = [
  'device.guards', 'device.guardLog', 'device.programGuards', 'device.policies', 'device.appFirewall', 'device.denials',
  'device.containers', 'device.browsers', 'connect.otherGroup', 'connect.left',
] as const; // prettier-ignore

function recorded(pattern: RegExp): [string, Report][] {
  return ['fine', 'server', 'names'].flatMap((side) =>
    readdirSync(path.join(scenarios, side))
      .filter((name) => pattern.test(name))
      .map((name): [string, Report] => {
        const saved = JSON.parse(readFileSync(path.join(scenarios, side, name), 'utf8')) as { report: Report };
        return [`${side}/${name}`, saved.report];
      }),
  );
}

describe('the state of this device is read only where a verdict needs it', () => {
  it.each(recorded(/^(?:healthy|slow-server|dead-second-resolver\.|certificate-expired\.|does-not-exist)/))(
    '%s',
    (_, { facts }) => {
      const read = state.filter((key) => facts[key]?.state === 'known' || facts[key]?.state === 'failed');
      expect(read).toEqual([]);
    },
  );
});
