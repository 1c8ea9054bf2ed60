import { describe, expect, it } from 'vitest';
import { checkOperation } from '../all.js';

const range = { kind: 'sysctl-set', name: 'net.ipv4.ip_local_port_range', value: [10_240, 60_999] };

describe('operations on services and limits', () => {
  it.each([
    range,
    { ...range, kept: true },
    { kind: 'sysctl-set', name: 'net.netfilter.nf_conntrack_max', value: [131_072] },
    { kind: 'sysctl-set', name: 'net.ipv4.tcp_syncookies', value: [1] },
    { kind: 'process-limit', pid: 4711, process: 'nginx', files: 1024 },
    { kind: 'service-start', unit: 'postgresql@15-main.service' },
    { kind: 'manager-off', manager: 'ufw', kept: 'firewalld' },
  ])('take %j', (operation) => expect(checkOperation(operation)).toEqual(operation));

  it.each([
    { ...range, name: 'kernel.core_pattern' },
    { ...range, value: [60_999, 10_240] },
    { kind: 'sysctl-set', name: 'net.ipv4.tcp_syncookies', value: [0] },
    { ...range, value: [10_240] },
    { ...range, kept: '/etc/cron.d/x' },
    { kind: 'sysctl-set', name: 'fs.file-max', value: [1] },
    { kind: 'sysctl-set', name: 'fs.file-max', value: [100_000, 200_000] },
    { kind: 'process-limit', pid: 1, process: 'init', files: 1024 },
    { kind: 'process-limit', pid: 4711, process: 'nginx', files: 1 },
    { ...range, value: [1, 60_999] },
    { ...range, value: ['10240; reboot', 60_999] },
    { kind: 'service-start', unit: '--now.service' },
    { kind: 'service-start', unit: 'a/../b.service' },
    { kind: 'service-start', unit: 'reboot.target' },
    { kind: 'manager-off', manager: 'ufw', kept: 'ufw' },
    { kind: 'manager-off', manager: 'sshd', kept: 'ufw' },
  ])('refuse %j', (operation) => expect(() => checkOperation(operation)).toThrow(/not valid/));
});
