import { fact, type Facts } from './facts.js';
import { proxyOf, proxyUrl } from './proxied.js';
import { curl, type Dialect, go, inBrowsers, isNotForProxies, programs } from './proxy-dialects.js';
import type { ProxyExemption, ProxyReader, ProxySetting } from './proxy-facts.js';

/** Of a place that is read by no program of those above: how its variables and lists are meant. */
const others: Readonly<Partial<Record<ProxyReader, Dialect>>> = {
  Docker: go,
  containers: curl,
  sessions: curl,
  services: curl,
};
const browsers: readonly ProxyReader[] = ['browsers', 'Firefox', 'Chromium', 'Chrome', 'Edge', 'Brave'];

const words: Readonly<Partial<Record<ProxyReader, string>>> = {
  Docker: 'the Docker daemon',
  containers: 'new containers of Docker',
  sessions: 'sessions that begin anew',
  services: 'services of systemd',
  browsers: 'browsers that follow the desktop',
};

/** By which way one program goes to the target, and which setting says so. */
export interface ProgramWay {
  readonly program: string;
  /** Null: directly. */
  readonly setting: ProxySetting | null;
  /** What takes the target out of a proxy that is set. */
  readonly exempt?: Pick<ProxyExemption, 'name' | 'location'> & { readonly entry: string };
}

/**
 * The ways of all programs for which something is set on this device: by this run's variables, or by files of their own.
 * Empty where the settings are not known. Of scripts only what the desktop's own says is known, where it was run.
 */
export function programWays(facts: Facts): readonly ProgramWay[] {
  const known = fact(facts, 'proxy.settings');
  if (!known) return [];
  const used = proxyOf(facts);
  const all = used === null ? known.settings : [used, ...known.settings];
  const own = Object.entries(programs).flatMap(([program, dialect]) =>
    wayOf(program, dialect, all, known.exempts ?? [], facts, true),
  );
  const read = (Object.entries(others) as [ProxyReader, Dialect][]).flatMap(([by, dialect]) =>
    wayOf(by, dialect, all, known.exempts ?? [], facts, false),
  );
  const ofBrowsers = browsers.flatMap((by) => wayOf(by, inBrowsers, all, known.exempts ?? [], facts, false));
  return [...own, ...read, ...ofBrowsers].map((way) => ({
    ...way,
    program: words[way.program as ProxyReader] ?? way.program,
  }));
}

/** Programs that go the same way, the first for all of them. */
export type SharedWay = readonly [ProgramWay, ...ProgramWay[]];

/** The same, those together that lead to one proxy, or directly. */
export function sharedWays(facts: Facts): readonly SharedWay[] {
  const groups = new Map<string, [ProgramWay, ...ProgramWay[]]>();
  for (const way of programWays(facts)) {
    const key = keyOf(way.setting);
    const held = groups.get(key);
    if (held) held.push(way);
    else groups.set(key, [way]);
  }
  return [...groups.values()];
}

/** Ways that lead elsewhere than that proxy. */
export function otherWays(facts: Facts, used: ProxySetting): readonly SharedWay[] {
  return sharedWays(facts).filter(([first]) => keyOf(first.setting) !== keyOf(used));
}

/** "git goes by b:3128 (http.proxy in /etc/gitconfig:2); apt and wget directly (…)" */
export function wayWords([first, ...more]: SharedWay): string {
  const names = [first, ...more].map(({ program }) => program);
  const who = names.length < 3 ? names.join(' and ') : `${names.slice(0, -1).join(', ')} and ${names.at(-1) ?? ''}`;
  const { setting, exempt } = first;
  const way =
    setting === null ? 'directly' : setting.server ? `through ${proxyUrl(setting.server)}` : 'through no valid proxy';
  const said = exempt ?? setting;
  const entry = exempt ? ` ("${exempt.entry}")` : '';
  const place =
    said === null ? '' : ` by ${said.name}${entry}${said.location === 'environment' ? '' : ` in ${said.location}`}`;
  const isOne = names.length === 1 && !/^(?:programs|new|sessions|services|browsers) /.test(names[0] ?? '');
  return `${who} ${isOne ? 'goes' : 'go'} ${way}${place}`;
}

function keyOf(setting: ProxySetting | null): string {
  return setting?.server ? proxyUrl(setting.server) : setting === null ? 'directly' : 'unusable';
}

function wayOf(
  program: string,
  dialect: Dialect,
  settings: readonly ProxySetting[],
  exempts: readonly ProxyExemption[],
  facts: Facts,
  takesVariables: boolean,
): ProgramWay[] {
  const { target } = facts;
  const secure = target.transport === 'tls';
  if (!/^(?:https?|wss?)$/.test(target.scheme)) return [];
  const ownLists = exempts.filter(({ by }) => by === program);
  const own = ownSetting(
    settings.filter(({ by }) => by === program),
    secure,
    dialect,
  );
  const variables = takesVariables
    ? settings.filter(({ by, location }) => by === undefined && location === 'environment')
    : [];
  const setting = own ?? byNames(variables, secure ? dialect.https : dialect.http);
  const lists = [
    ...ownLists,
    ...(takesVariables
      ? inOrder(
          exempts.filter(({ by }) => by === undefined),
          dialect.without,
        )
      : []),
  ];
  const all = ownLists.find(({ list }) => list === '*');
  // One that is told to use none goes directly, whatever the variables say; one of whom nothing is said is not listed.
  if (all && own === undefined) return [{ program, setting: null, exempt: { ...placeOf(all), entry: '*' } }];
  if (setting === undefined) return [];
  if (isNotForProxies(target.host, dialect)) return [{ program, setting: null }];
  for (const one of lists) {
    const entry = dialect.exempts(one.list, target.host, target.port);
    if (entry !== null) return [{ program, setting: null, exempt: { ...placeOf(one), entry } }];
  }
  return [{ program, setting }];
}

function placeOf({ name, location }: ProxyExemption): Pick<ProxyExemption, 'name' | 'location'> {
  return { name, location };
}

/** The last word counts: users' files come behind those for everybody. */
function ownSetting(own: readonly ProxySetting[], secure: boolean, dialect: Dialect): ProxySetting | undefined {
  const named = own.filter(({ name }) => /_proxy$/i.test(name));
  if (named.length > 0) return byNames(named.toReversed(), secure ? dialect.https : dialect.http);
  const ofScheme = own.filter(({ name }) => (secure ? /https/i : /http(?!s)/i).test(name));
  const general = own.filter(({ name }) => !/https?/i.test(name) || /^http\.proxy$/i.test(name));
  return ofScheme.at(-1) ?? general.at(-1);
}

function byNames(settings: readonly ProxySetting[], names: readonly string[]): ProxySetting | undefined {
  for (const name of names) {
    const found = settings.find((one) => one.name === name);
    if (found) return found;
  }
  return undefined;
}

function inOrder(lists: readonly ProxyExemption[], names: readonly string[]): ProxyExemption[] {
  const first = names.flatMap((name) => lists.find((one) => one.name === name) ?? [])[0];
  return first ? [first] : [];
}
