import { describe, expect, it } from 'vitest';
import { kernelOf } from '../kernel.js';
import { bindLibc } from '../libc.js';
import { eventIn, openDropCounters } from './drop-counters.js';

const format = `name: kfree_skb
ID: 2310
format:
	field:unsigned short common_type;	offset:0;	size:2;	signed:0;

	field:void * skbaddr;	offset:8;	size:8;	signed:0;
	field:enum skb_drop_reason reason;	offset:36;	size:4;	signed:0;

print fmt: "skbaddr=%p reason: %s", REC->skbaddr, __print_symbolic(REC->reason, { 2, "NOT_SPECIFIED" }, { 55, "BPF_CGROUP_EGRESS" })
`;

describe('the event of a packet that is thrown away', () => {
  it('has its number, and the numbers of its reasons', () => {
    const event = eventIn('2310\n', format);
    expect(event?.id).toBe(2310);
    expect(event?.reasons.get('BPF_CGROUP_EGRESS')).toBe(55);
    expect(event?.namesSocket).toBe(false);
  });

  it('names the socket of what came in, on newer kernels', () => {
    const newer = format.replace(
      '\tfield:enum skb_drop_reason',
      '\tfield:void * rx_sk;\toffset:24;\tsize:8;\tsigned:0;\n\tfield:enum skb_drop_reason',
    );
    expect(eventIn('2310\n', newer)?.namesSocket).toBe(true);
  });

  it('tells nothing where the kernel gives no reasons', () => {
    expect(eventIn('2310\n', format.replace('enum skb_drop_reason reason;', 'void * location;'))).toBeNull();
    expect(eventIn('x', format)).toBeNull();
    expect(eventIn('', '')).toBeNull();
  });
});

const libc = process.platform === 'linux' && process.getuid?.() === 0 ? bindLibc() : 'not root on Linux';

describe.skipIf(typeof libc === 'string')('counters of this kernel', () => {
  it('stand still while nothing is sent, and know only reasons that the kernel has', () => {
    if (typeof libc === 'string') return;
    const counters = openDropCounters(kernelOf(libc, null), ['BPF_CGROUP_EGRESS', 'NO_SUCH_REASON']);
    // A kernel without reasons, or one that does not let root ask, answers null.
    if (counters === null) return;
    expect([...counters.read()]).toEqual([['BPF_CGROUP_EGRESS', 0]]);
    counters.close();
  });
});
