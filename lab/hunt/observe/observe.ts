// Runs the hunt's own client on a case's device and gathers what the machines of the world saw of it.
import { readFileSync } from 'node:fs';
import { onDevice } from '../../run/execute.js';
import type { Identity } from '../../run/options.js';
import { run } from '../../world/process.js';
import type { Machine } from '../../world/topology.js';
import type { World } from '../../world/world.js';
import type { Control, ControlsAnswer, Question, Request, TargetAnswer, Tried, Wish } from '../client/words.js';
import { resolversOf } from '../truth/naming.js';
import type { Draft } from '../world/draft.js';
import { Counters, moved } from './counters.js';
import { cutOf } from './cut.js';
import { fateOf } from './fate.js';
import type { DeviceState, Observation, TriedAndSeen } from './observation.js';
import { questionsOf, unanswered } from './questions.js';
import { Wiretap, type Heard } from './wiretap.js';

export interface Program {
  /** Program and first arguments that start the hunt's client. */
  readonly line: readonly string[];
  readonly trustedRoot: string;
}

const noControls: Observation['controls'] = { connect: [], names: [], otherWay: null, seen: [] };

async function ask<T>(world: World, as: Identity, { line, trustedRoot }: Program, request: Request): Promise<T> {
  const ran = await run(...onDevice(world, as, [...line, JSON.stringify(request)]), {
    environment: {
      PATH: '/usr/sbin:/usr/bin:/sbin:/bin',
      SSL_CERT_FILE: trustedRoot,
      RES_OPTIONS: 'timeout:1 attempts:1',
    },
    timeoutMs: 20_000,
    cwd: '/',
  });
  if (ran.code !== 0) throw new Error(`the hunt's client: exit ${ran.code ?? ran.signal}: ${ran.stderr.slice(0, 500)}`);
  return JSON.parse(ran.stdout) as T;
}

async function deviceState(world: World): Promise<DeviceState> {
  const { stdout } = await run('ip', ['-j', '-n', world.namespace('device'), 'addr']);
  const listed = JSON.parse(stdout) as {
    ifindex: number;
    ifname: string;
    flags: string[];
    addr_info: { family: string; scope: string }[];
  }[];
  const cables = listed.filter(({ ifname }) => ifname === 'eth0');
  const has = (family: string): boolean =>
    cables.some((one) => one.addr_info.some((address) => address.family === family && address.scope === 'global'));
  return {
    linkDown: cables.every(({ flags }) => !flags.includes('LOWER_UP')),
    others: Object.fromEntries(
      listed
        .filter(({ ifname }) => ifname !== 'eth0' && ifname !== 'lo')
        .map(({ ifindex, ifname }) => [ifindex, ifname]),
    ),
    families: [...(has('inet') ? ([4] as const) : []), ...(has('inet6') ? ([6] as const) : [])],
  };
}

/** What the server's queues had no room for (/proc/net/netstat: TcpExt). */
async function overflows(world: World): Promise<number> {
  const { stdout } = await run(...world.inside('server', 'cat', '/proc/net/netstat'));
  const [names = '', values = ''] = stdout.split('\n').filter((line) => line.startsWith('TcpExt:'));
  const at = names.split(' ').indexOf('ListenOverflows');
  return at < 0 ? 0 : Number(values.split(' ')[at]);
}

function sawOf(heard: Heard, tried: Tried, routers: readonly Machine[]): TriedAndSeen {
  const { localPort } = tried;
  return { tried, fate: fateOf(heard, localPort, tried), cut: cutOf(heard, localPort, tried, routers) };
}

function wentWell(answer: TargetAnswer): boolean {
  return (
    answer.tried.length > 0 &&
    answer.tried.every(({ connect, tls, http, greeting }) => {
      if (connect !== 'ok') return false;
      if (greeting !== undefined) return greeting.startsWith('said');
      return (tls === undefined || (tls.outcome === 'ok' && tls.certificate === null)) && http?.status === 200;
    })
  );
}

/** Other ports of the server, the same and another port of a reference; other names and other resolvers. */
function controlsFor(draft: Draft): { connect: Control[]; names: Question[] } {
  const { network, aim } = draft;
  const connect = aim.families.flatMap((family) => {
    const others = [22, 80, 443].filter((port) => port !== aim.port);
    return [
      ...others.map((port) => ({ address: network.server[family], port })),
      { address: network.reference[family], port: aim.port },
      ...others.map((port) => ({ address: network.reference[family], port })),
    ];
  });
  const [family = 4] = network.families;
  const resolvers = [...resolversOf(draft).slice(0, 2), network.referenceResolver[family]];
  const names = resolvers.flatMap((resolver) => [aim.host, 'www.example.net'].map((name) => ({ resolver, name })));
  return { connect, names };
}

/** As curl chooses: by the scheme, unless everything is excepted. */
function wishOf({ aim, environment }: Draft): Wish {
  const { host, port, scheme } = aim;
  const set = scheme === 'tcp' || environment['no_proxy'] === '*' ? undefined : environment[`${scheme}_proxy`];
  if (set === undefined) return { host, port, scheme };
  const url = new URL(set);
  return { host, port, scheme, proxy: { address: url.hostname.replace(/^\[(.*)\]$/, '$1'), port: Number(url.port) } };
}

/** Where the connection was made and nothing sensible came: plain HTTP where TLS was meant, and the other way round. */
function otherWayOf({ aim }: Draft, { tried }: TargetAnswer): (Control & Wish) | null {
  const [made] = tried.filter(({ connect }) => connect === 'ok');
  if (!made || aim.scheme === 'tcp') return null;
  return { address: made.address, port: aim.port, host: aim.host, scheme: aim.scheme === 'https' ? 'http' : 'https' };
}

/** The counters of a case's machines. */
export function countersOf(world: World, draft: Draft): Counters {
  const ruled = [...new Set(draft.steps.map((step) => step.on))];
  const legacy = draft.steps.flatMap((step) =>
    step.do === 'iptables-restore' && step.backend === 'legacy' ? [step.on] : [],
  );
  return new Counters(world, ruled, [...new Set(legacy)]);
}

export async function observe(
  world: World,
  draft: Draft,
  program: Program,
): Promise<Omit<Observation, 'lossy' | 'steadiness'>> {
  const counters = countersOf(world, draft);
  const routers: readonly Machine[] = [
    ...draft.network.routers,
    ...(draft.network.detour ? (['detour'] as const) : []),
  ];
  const wiretap = new Wiretap(world);
  try {
    const [before, overflowsBefore] = await Promise.all([counters.read(), overflows(world)]);
    const answer = await ask<TargetAnswer>(world, draft.as, program, { ask: 'target', wish: wishOf(draft) });
    const heard = wiretap.read();
    const [after, device, overflowsAfter] = await Promise.all([counters.read(), deviceState(world), overflows(world)]);
    const tried = answer.tried.map((one) => sawOf(heard, one, routers));
    let controls = noControls;
    if (!wentWell(answer)) {
      const wanted = { ...controlsFor(draft), otherWay: otherWayOf(draft, answer) };
      const got = await ask<ControlsAnswer>(world, draft.as, program, { ask: 'controls', ...wanted });
      const again = wiretap.read();
      controls = { ...got, seen: got.connect.map((one) => sawOf(again, one, routers)) };
    }
    return {
      answer,
      tried,
      questions: questionsOf(heard),
      unanswered: unanswered(heard),
      rules: moved(before, after),
      device,
      controls,
      overflows: overflowsAfter - overflowsBefore,
    };
  } finally {
    wiretap.close();
  }
}

/** The bundle that runs now, for the client's process. */
export function clientProgram(program: string, trustedRoot: string): Program {
  readFileSync(program); // says early that it is not there
  return { line: [process.execPath, program, '--client'], trustedRoot };
}
