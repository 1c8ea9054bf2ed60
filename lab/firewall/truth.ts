import { execFileSync } from 'node:child_process';
import { ConnectionTable, type Device, drain, RawSender, receive, type TraceEvent, TraceReader } from './kernel.js';
import type { Sent } from './pools.js';
import { wire } from './wire.js';

/** What the kernel did with a packet: each rule that matched, in order, and the policies, as nft's trace tells it. */
export interface Truth {
  readonly steps: readonly TraceEvent[];
  /** Hooks that the packet was seen on. */
  readonly reached: ReadonlySet<string>;
  readonly state: number | undefined;
  readonly ctDirection: number | undefined;
  readonly ctStatus: number | undefined;
  readonly dropped: boolean;
  /** Index of the device that it was to leave by, where the trace says. */
  readonly out: number | undefined;
}

const tracerTable = 'wb_fuzz_tracer';

/** Marks our packets for tracing, and notes which hooks they reach. */
const tracer = `table inet ${tracerTable} {
 chain prerouting { type filter hook prerouting priority -2000
  iifname != "lo" meta nftrace set 1
 }
 chain output { type filter hook output priority -2000
  meta priority 0:6 meta nftrace set 1
 }
 chain tracked_in { type filter hook prerouting priority -199
 }
 chain tracked_out { type filter hook output priority -199
 }
 chain input { type filter hook input priority -2000
 }
 chain forward_ { type filter hook forward priority -2000
 }
 chain postrouting { type filter hook postrouting priority -2000
 }
 chain last_in { type filter hook input priority 2000
 }
}
table netdev ${tracerTable} {
${['eth0', 'eth1', 'wan0'].map((name) => ` chain last_${name} { type filter hook egress device "${name}" priority 2000; }`).join('\n')}
}
`;

/** What comes in is marked before anything sees it, so that rules on ingress are followed too. */
const early = `table netdev ${tracerTable} {
${['eth0', 'eth1', 'wan0'].map((name) => ` chain of_${name} { type filter hook ingress device "${name}" priority -500; meta nftrace set 1; }`).join('\n')}
}
`;

export class Bench {
  private readonly trace = new TraceReader();
  private readonly raw = new RawSender();
  private readonly connections = new ConnectionTable();

  constructor(private readonly devices: readonly Device[]) {}

  /**
   * Loads rules beside the tracer, in place of whatever was there. Lines that nft refuses (two protocols in one rule)
   * are left out. Returns what was loaded, or nft's last complaint.
   */
  load(text: string): { readonly loaded: string } | { readonly complaint: string } {
    let lines = text.split('\n');
    let complaint: string | null = null;
    for (let tries = 0; tries < 12; tries++) {
      complaint = this.apply('nft', ['-f', '-'], `flush ruleset\n${lines.join('\n')}\n${tracer}${early}`);
      if (complaint === null) return { loaded: lines.join('\n') };
      const bad = new Set([...complaint.matchAll(/^\/dev\/stdin:(\d+):/gm)].map((found) => Number(found[1]) - 2));
      const kept = lines.filter((line, i) => !bad.has(i) || !line.startsWith('  ') || line.startsWith('  type '));
      if (kept.length === lines.length) break;
      lines = kept;
    }
    return { complaint: complaint ?? '' };
  }

  /** The same for iptables, both families, with the sets that the rules name. */
  loadIptables(
    tables: Readonly<Record<4 | 6, string>>,
    ipsets: string,
  ): { readonly loaded: string } | { readonly complaint: string } {
    this.apply('nft', ['flush', 'ruleset'], '');
    this.apply('ipset', ['destroy'], '');
    const complaint = this.apply('ipset', ['restore', '-exist'], ipsets);
    if (complaint !== null) return { complaint };
    let loaded = ipsets;
    for (const family of [4, 6] as const) {
      const one = this.restore(family === 4 ? 'iptables-nft-restore' : 'ip6tables-nft-restore', tables[family]);
      if ('complaint' in one) return one;
      loaded += one.loaded;
    }
    const last = this.apply('nft', ['-f', '-'], tracer);
    return last === null ? { loaded } : { complaint: last };
  }

  /** Without the lines that iptables or the kernel refuse. */
  private restore(program: string, text: string): { readonly loaded: string } | { readonly complaint: string } {
    let lines = text.split('\n');
    let complaint: string | null = null;
    for (let tries = 0; tries < 20; tries++) {
      complaint = this.apply(program, [], lines.join('\n'));
      if (complaint === null) return { loaded: lines.join('\n') };
      const bad = new Set([...complaint.matchAll(/line (\d+)/g)].map((found) => Number(found[1]) - 1));
      const kept = lines.filter((line, i) => !bad.has(i) || !line.startsWith('-A'));
      if (kept.length === lines.length) break;
      lines = kept;
    }
    return { complaint: complaint ?? '' };
  }

  save(program: string, args: readonly string[] = []): string {
    return execFileSync(program, args, { encoding: 'utf8', maxBuffer: 1 << 26, stdio: ['ignore', 'pipe', 'ignore'] });
  }

  apply(program: string, args: readonly string[], input: string): string | null {
    try {
      execFileSync(program, args, { input, stdio: ['pipe', 'ignore', 'pipe'] });
      return null;
    } catch (error) {
      return error instanceof Error ? error.message : String(error);
    }
  }

  listText(): string {
    return execFileSync('nft', ['list', 'ruleset'], { encoding: 'utf8', maxBuffer: 1 << 26 });
  }

  list(): string {
    const text = execFileSync('nft', ['-j', 'list', 'ruleset'], { encoding: 'utf8', maxBuffer: 1 << 26 });
    return text;
  }

  send(sent: Sent): Truth | null {
    const bytes = wire(sent.shape);
    this.connections.flush();
    if (sent.known !== undefined) this.apply('conntrack', connectionOf(sent), '');
    this.trace.events();
    for (const device of this.devices) drain(device);
    if (sent.device === null) this.raw.send(bytes, sent.shape.family, sent.shape.destination, sent.mark);
    else {
      const device = this.devices[sent.device];
      if (device === undefined || !receive(device, bytes)) return null;
    }
    const own = this.wholeTrace();
    if (own.length === 0) return null;
    return this.truth(sent.device === null ? untilLoopback(own) : own);
  }

  /**
   * The events of the packet that was sent. A busy kernel hands packets to ksoftirqd: the trace then goes on after the
   * call that sent the packet has come back, so half of it is not taken for the whole.
   */
  private wholeTrace(): readonly TraceEvent[] {
    const all: TraceEvent[] = [];
    for (let tries = 0; tries < 20; tries++) {
      all.push(...this.trace.events());
      const own = all.filter((event) => event.id === all[0]?.id);
      if (hasEnded(own.at(-1))) return own;
      Atomics.wait(pause, 0, 0, 1);
    }
    return all.filter((event) => event.id === all[0]?.id);
  }

  private truth(events: readonly TraceEvent[]): Truth {
    const reached = new Set<string>();
    for (const event of events) if (event.table === tracerTable) reached.add(event.chain.replace('_', ''));
    const steps = events.filter(
      (event) => event.table !== tracerTable && (event.kind === 'policy' || event.handle !== undefined),
    );
    // A packet that conntrack has looked at and that has no connection is invalid (or untracked, which the rules say).
    const looked = events.find((event) => event.table === tracerTable && event.chain.startsWith('tracked_'));
    const state = looked === undefined ? undefined : (looked.ctState ?? 1);
    const outIndex = events.find((event) => event.out !== undefined && event.out !== 0)?.out;
    const out = outIndex === undefined ? undefined : this.devices.findIndex((device) => device.index === outIndex);
    return {
      steps,
      reached,
      state,
      ctDirection: looked?.ctDirection,
      ctStatus: state === 2 ? looked?.ctStatus : undefined,
      dropped: steps.some((event) => event.verdict === 'drop'),
      out: out === undefined || out < 0 ? undefined : out,
    };
  }
}

const pause = new Int32Array(new SharedArrayBuffer(4));

/** A packet's way ends with a drop, with the last chain of the machine's input, or with the last before a device. */
function hasEnded(last: TraceEvent | undefined): boolean {
  if (last === undefined) return false;
  return last.verdict === 'drop' || (last.table === tracerTable && last.chain.startsWith('last_'));
}

/** What is sent to this machine itself comes in again over lo: that is another question. */
function untilLoopback(events: readonly TraceEvent[]): readonly TraceEvent[] {
  const end = events.findIndex((event) => event.table === tracerTable && event.chain === 'prerouting');
  return end < 0 ? events : events.slice(0, end);
}

/** The ruleset's JSON without the tracer. */
export function withoutTracer(json: string): string {
  const { nftables } = JSON.parse(json) as { nftables: Record<string, { table?: string; name?: string }>[] };
  const ours = (entry: Record<string, { table?: string; name?: string }>): boolean =>
    Object.entries(entry).some(([kind, value]) => (kind === 'table' ? value.name : value.table) === tracerTable);
  return JSON.stringify({ nftables: nftables.filter((entry) => !ours(entry)) });
}

/** Arguments for conntrack(8) that make the connection which the packet is to belong to. */
function connectionOf({ shape, known }: Sent): string[] {
  const { family, protocol, source, destination, sport, dport } = shape;
  const [from, to] = known === 'original' ? [`${sport}`, `${dport}`] : [`${dport}`, `${sport}`];
  const addresses = known === 'original' ? ['-s', source, '-d', destination] : ['-s', destination, '-d', source];
  const state = protocol === 6 ? ['--state', 'ESTABLISHED'] : [];
  return [
    '-I',
    '-f',
    family === 4 ? 'ipv4' : 'ipv6',
    '-p',
    protocol === 6 ? 'tcp' : 'udp',
    ...addresses,
    '--sport',
    from,
    '--dport',
    to,
    ...state,
    '-u',
    'SEEN_REPLY,ASSURED',
    '-t',
    '60',
  ];
}
