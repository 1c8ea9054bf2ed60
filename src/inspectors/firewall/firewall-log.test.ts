import { describe, expect, it } from 'vitest';
import type { Facts, FlowTrace } from '../../model/facts.js';
import { facts, measured } from '../context.fixture.js';
import { firewallLog } from './firewall-log.js';

const at = { at: 0, ms: 1, source: 'test' };
const flow: FlowTrace = {
  protocol: 'tcp',
  address: '192.0.2.9',
  port: 443,
  localPort: 40_001,
  outcome: { operation: 'connect', code: 'timed-out', raw: '' },
  stoppedBy: null,
  steps: 0,
  seenOut: true,
  seenIn: false,
};
const known: Facts = facts('192.0.2.9', { 'kernel.trace': { state: 'known', value: { flows: [flow] }, ...at } });

const packet = (source: string, destination: string, sport: number, dport: number): string =>
  `IN= OUT=eth0 SRC=${source} DST=${destination} LEN=60 PROTO=TCP SPT=${sport} DPT=${dport} SYN`;
const ours = packet('192.0.2.2', '192.0.2.9', 40_001, 443);
const earlier = packet('192.0.2.2', '192.0.2.9', 39_000, 443);
const time = (minute: number): string => `2026-11-27T18:0${minute}:00,000000+00:00`;

describe("the firewall's own log", () => {
  it('counts what was written down about the same place, in the log that has most of it', async () => {
    const kernel = [
      `${time(1)} [UFW BLOCK] ${ours}`,
      `${time(2)} [UFW ALLOW] ${ours}`,
      `${time(3)} [UFW BLOCK] ${packet('192.0.2.2', '192.0.2.10', 39_000, 443)}`,
      `${time(4)} answers: ${packet('192.0.2.9', '192.0.2.2', 443, 40_001)}`,
    ];
    const file = ['Nov 27 09:12:00 host kernel: [1.0] [UFW BLOCK] ', 'Nov 27 10:12:00 host kernel: [2.0] [UFW BLOCK] '];
    const value = await measured(firewallLog, known, {
      run: { 'dmesg --time-format iso': kernel.join('\n') },
      files: { '/var/log/ufw.log': file.map((start) => start + earlier).join('\n') },
    });
    const { protocol, address, port } = flow;
    const place = { protocol, address, port };
    expect(value.read).toEqual(['kernel log', '/var/log/ufw.log']);
    expect(value.blocks).toEqual([
      { ...place, direction: 'in', prefix: 'answers:', count: 1, first: time(4), last: time(4), log: 'kernel log' },
      {
        ...place,
        direction: 'out',
        prefix: '[UFW BLOCK]',
        count: 2,
        first: 'Nov 27 09:12:00',
        last: 'Nov 27 10:12:00',
        log: '/var/log/ufw.log',
      },
    ]);
  });

  it('has the steps of iptables-legacy with this very probe', async () => {
    const kernel = [
      `${time(1)} TRACE: filter:OUTPUT:rule:1 ${earlier}`,
      `${time(2)} TRACE: filter:OUTPUT:rule:3 ${ours}`,
      `${time(2)} TRACE: filter:MYCHAIN:rule:2 ${ours}`,
    ];
    const value = await measured(firewallLog, known, { run: { 'dmesg --time-format iso': kernel.join('\n') } });
    expect(value.legacy.map(({ chain, kind, number }) => `${chain} ${kind} ${number}`)).toEqual([
      'OUTPUT rule 3',
      'MYCHAIN rule 2',
    ]);
    expect(value.blocks).toEqual([]);
  });

  it('says what it could not read', async () => {
    const run = {
      'dmesg --time-format iso': { exit: 1, stderr: 'dmesg: read kernel buffer failed: Operation not permitted' },
    };
    const value = await measured(firewallLog, known, { run });
    expect(value).toMatchObject({ read: [], blocks: [], legacy: [] });
    expect(value.unread[0]?.why).toContain('not permitted');
  });
});
