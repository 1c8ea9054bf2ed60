// The part of `npm run bench` about the way: a trace on a path of 60 ms beside the programs that people trace with, and whole
// diagnoses of what is swallowed and of what is refused there.
import { rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { Certificates } from '../lab/services/certificates.js';
import { applySteps } from '../lab/world/apply.js';
import { https, REFERENCE, RESOLVER, SETTINGS, ssh } from '../lab/world/internet.js';
import { slowLine } from '../lab/world/line/slow-line.js';
import { newWorldName } from '../lab/world/names.js';
import { must, run } from '../lab/world/process.js';
import { filterRule, ip, iptables, type Step } from '../lab/world/steps.js';
import { sweep } from '../lab/world/sweep.js';
import { ADDRESS, type Machine } from '../lab/world/topology.js';
import { removeWorldsAtExit, World } from '../lab/world/world.js';
import type { Context } from '../src/model/gatherer.js';
import { defaultOptions } from '../src/model/settings.js';
import { trace } from '../src/probes/path/path.js';
import { openSystem } from '../src/system/open-system.js';
import { writeDeviceTrust } from './device-trust.js';
import { median } from './figures.js';
import { milliseconds } from './table.js';

const oneWayMs = 30;
const roundTripMs = 2 * oneWayMs;
/** One round trip and a half, and 20 ms. */
const traceAimMs = 1.5 * roundTripMs + 20;
const boundMs = 40_000;
const host = 'four.example.com';
const silentPort = 8443;
/** What it sends first is as long as that of many servers: several packets. */
const names = Array.from({ length: 120 }, (_, i) => (i === 0 ? '*.example.com' : `shop${i}.example.com`));

interface Ask {
  readonly name: string;
  readonly ms: readonly number[];
  readonly note: string;
}

interface Whole {
  readonly title: string;
  /** The target, where it is not the usual one. */
  readonly url?: string;
  readonly break: readonly Step[];
  /** What takes it back, and where. */
  readonly undo: readonly { readonly on: Machine; readonly line: readonly [string, ...string[]] }[];
  readonly aimMs: number;
  readonly causes: readonly string[];
}

const wholes: readonly Whole[] = [
  {
    title: 'A name is swallowed on the way, with the experiments that show where',
    break: [iptables('provider', `-A FORWARD -p tcp --dport 443 -m string --string ${host} --algo bm -j DROP`)],
    undo: [{ on: 'provider', line: ['iptables', '-F', 'FORWARD'] }],
    aimMs: 4000,
    causes: ['sni-filtered'],
  },
  {
    title: 'The port is swallowed on the way, with the trace and what gets past',
    break: [
      filterRule('provider', 'forward', `ip daddr ${ADDRESS.server} tcp dport 443 drop`, { labelText: 'ip daddr' }),
    ],
    undo: [{ on: 'provider', line: ['nft', 'delete', 'table', 'inet', 'lab'] }],
    aimMs: 4000,
    causes: ['dropped-on-path'],
  },
  {
    title: 'A name is reset on the way, with the experiments',
    break: [
      iptables(
        'provider',
        `-A FORWARD -p tcp --dport 443 -m string --string ${host} --algo bm -j REJECT --reject-with tcp-reset`,
      ),
    ],
    undo: [{ on: 'provider', line: ['iptables', '-F', 'FORWARD'] }],
    aimMs: 1000,
    causes: ['sni-filtered'],
  },
  {
    title: 'Large packets vanish on the way, with the search for the size that passes',
    break: [
      ip('provider', 'link set core mtu 1400'),
      ip('edge', 'link set uplink mtu 1400'),
      ...(['provider', 'edge'] as const).map((on) =>
        filterRule(on, 'output', 'icmp type destination-unreachable icmp code 4 drop', { labelText: 'icmp' }),
      ),
    ],
    undo: (['provider', 'edge'] as const).flatMap((on) => [
      { on, line: ['ip', 'link', 'set', on === 'edge' ? 'uplink' : 'core', 'mtu', '1500'] },
      { on, line: ['nft', 'delete', 'table', 'inet', 'lab'] },
    ]),
    aimMs: 4000,
    causes: ['path-mtu-blackhole'],
  },
  {
    title: 'A server accepts and says nothing',
    url: `https://${host}:${silentPort}/`,
    break: [],
    undo: [],
    aimMs: 4000,
    causes: ['server-not-responding', 'undetermined'],
  },
  {
    title: 'Nothing is broken on the slow line',
    break: [],
    undo: [],
    aimMs: 1000,
    causes: ['reachable'],
  },
];

/** Runs on the device: traces of its own, in one process that is running already. */
export async function traceRunner(runs: number): Promise<{ ms: number[]; hops: number; reachedAt: number | null }> {
  const system = await openSystem();
  const signal = new AbortController().signal;
  const context = { system, signal, options: defaultOptions, remaining: () => 10_000 } as unknown as Context;
  const ms: number[] = [];
  let last = await trace(ADDRESS.server, 443, context);
  for (let i = 0; i < runs; i++) {
    const begun = system.clock.now();
    last = await trace(ADDRESS.server, 443, context);
    ms.push(system.clock.now() - begun);
  }
  return { ms, hops: last.hops.filter((hop) => hop.address !== null).length, reachedAt: last.reachedAt };
}

export async function benchTrace(
  runs: number,
  cli: string,
  program: string,
  alone: boolean,
): Promise<{ text: string; right: boolean }> {
  await sweep();
  const state = path.join(tmpdir(), newWorldName());
  removeWorldsAtExit(() => rmSync(state, { recursive: true, force: true }));
  const certificates = new Certificates(path.join(state, 'certificates'));
  const world = await World.build({
    services: {
      server: [https({ names }), { kind: 'silent', port: silentPort }, ssh()],
      resolver: RESOLVER,
      reference: REFERENCE,
    },
    certificates,
    server: [process.execPath, program, '--serve'],
  });
  try {
    writeDeviceTrust(world.namespace('device'), await certificates.trustedRoot());
    const settings = path.join(world.state, 'settings.json');
    writeFileSync(settings, JSON.stringify(SETTINGS), { mode: 0o644 });
    await applySteps(world, slowLine('edge', { delayMs: oneWayMs }));
    const device = (...line: readonly [string, ...string[]]): Promise<string> =>
      must('ip', ['netns', 'exec', world.namespace('device'), ...line], { timeoutMs: boundMs });
    const own = JSON.parse(await device(process.execPath, program, '--trace-runner', String(runs))) as Awaited<
      ReturnType<typeof traceRunner>
    >;
    const asked: Ask[] = [
      {
        name: 'this trace, in a running process',
        ms: own.ms,
        note: `${own.hops} of 4 places, reached at ${own.reachedAt ?? 'none'}`,
      },
    ];
    for (const [name, line] of alone ? [] : peers) asked.push(await timedPeer(world, name, line));
    const diagnoses: string[] = [];
    let right = own.reachedAt === 4 && own.hops === 4;
    for (const one of wholes) {
      const { text, isRight } = await diagnosed(world, one, [
        process.execPath,
        cli,
        '--json',
        '--config',
        settings,
        one.url ?? `https://${host}/`,
      ]);
      right &&= isRight;
      diagnoses.push(text);
    }
    return { text: [tableOf(asked), ...diagnoses, ''].join('\n'), right };
  } finally {
    await world.remove();
    rmSync(state, { recursive: true, force: true });
  }
}

const peers: readonly (readonly [string, readonly [string, ...string[]]])[] = [
  ['traceroute -T', ['traceroute', '-T', '-n', '-p', '443', ADDRESS.server]],
  ['mtr --tcp', ['mtr', '--tcp', '--port', '443', '--no-dns', '--report', '--report-cycles', '1', ADDRESS.server]],
  ['nmap --traceroute', ['nmap', '-Pn', '-n', '-p', '443', '--traceroute', ADDRESS.server]],
  ['dig +trace', ['dig', '+trace', '+time=2', '+tries=1', host]],
];

async function timedPeer(world: World, name: string, line: readonly [string, ...string[]]): Promise<Ask> {
  const ms: number[] = [];
  let exit: number | null = null;
  for (let i = 0; i < 3; i++) {
    const begun = performance.now();
    const [program, args] = world.inside('device', ...line);
    exit = (await run(program, args, { timeoutMs: boundMs })).code;
    ms.push(performance.now() - begun);
  }
  return { name, ms, note: exit === 0 ? 'with its start' : `with its start; ended with ${exit ?? 'a signal'}` };
}

async function diagnosed(
  world: World,
  whole: Whole,
  line: readonly [string, ...string[]],
): Promise<{ text: string; isRight: boolean }> {
  await applySteps(world, [...whole.break]);
  // Not by world.inside: the device's own resolvers are in its /etc.
  const { stdout } = await run('ip', ['netns', 'exec', world.namespace('device'), ...line], { timeoutMs: boundMs });
  for (const { on, line: undo } of whole.undo) await must(...world.inside(on, ...undo));
  const report = JSON.parse(stdout) as {
    elapsedMs: number;
    packetsTo?: { address: string; packets: number }[];
    verdict: { cause: string; certainty: string };
  };
  const isRight = whole.causes.includes(report.verdict.cause);
  const most = report.packetsTo?.[0];
  const met = report.elapsedMs <= whole.aimMs ? 'met' : 'MISSED';
  return {
    isRight,
    text: `${whole.title}: ${report.verdict.cause}, ${report.verdict.certainty}${isRight ? '' : '  ← WRONG ANSWER'}\n  ${milliseconds(report.elapsedMs)}, ${most?.packets ?? 0} packets to ${most?.address ?? 'nobody'}; aim ${milliseconds(whole.aimMs)}: ${met}`,
  };
}

function tableOf(asked: readonly Ask[]): string {
  const own = median(asked[0]?.ms ?? []);
  return [
    `A trace by TCP on a path of ${roundTripMs} ms`,
    ...asked.map(({ name, ms, note }) => `  ${name.padEnd(34)} ${milliseconds(median(ms)).padStart(9)}  ${note}`),
    `  aim: ${milliseconds(traceAimMs)} (one round trip and a half, and 20 ms): ${own <= traceAimMs ? 'met' : 'MISSED'}`,
    '',
  ].join('\n');
}
