import { isObject, type Json, listOf, stringOf } from '../../firewall/parse/nft/json.js';
import { Cannot } from '../../model/cannot.js';
import type { FirewalldAllow } from '../../model/operation.js';
import type { Hands } from '../operation-kind.js';
import { mustHaveRun } from '../said.js';

export type Place = Pick<FirewalldAllow, 'place' | 'name'>;
type Runs = Pick<Hands, 'run'>;

/** firewall-cmd is a Python program that asks a daemon: half a second each on a quiet machine. */
const timeoutMs = 20_000;
/** Whoever gets no answer by then asks firewall-cmd, which waits longer and says what is wrong. */
const busSeconds = 5;
const service = 'org.fedoraproject.FirewallD1';
const root = '/org/fedoraproject/FirewallD1';
const config = `${root}/config`;

/**
 * The rich rules of a zone or policy, sorted, as `firewall-cmd --list-rich-rules` prints them; null where there is no such
 * place. firewalld is asked by the very calls that firewall-cmd makes (firewalld.dbus(5)), 5 ms instead of 180 (measured,
 * 1.3.3); firewall-cmd itself is asked where there is no busctl, or no answer.
 */
export async function richRules(at: Place, isPermanent: boolean, hands: Runs): Promise<string[] | null> {
  const byBus = await (isPermanent ? settingsByBus(at, hands) : runtimeByBus(at, hands));
  if (byBus !== undefined) return byBus === null ? null : byBus.toSorted();
  const args = [...(isPermanent ? ['--permanent'] : []), wordOf(at), '--list-rich-rules'];
  const listed = await hands.run('firewall-cmd', args, { timeoutMs });
  if (/INVALID_(?:POLICY|ZONE)/.test(listed.stderr)) return null;
  if (/not running/i.test(`${listed.stderr}${listed.stdout}`)) throw new Cannot('firewalld is not running');
  return mustHaveRun('firewall-cmd', listed)
    .split('\n')
    .flatMap((line) => (line.trim() === '' ? [] : [line.trim()]))
    .sort();
}

/** One rule is added or taken out, at once or in the settings; what is so already stays so. */
export async function changeRichRule(
  verb: 'add' | 'remove',
  at: Place,
  isPermanent: boolean,
  rule: string,
  hands: Runs,
): Promise<void> {
  if (await changedByBus(verb, at, isPermanent, rule, hands)) return;
  const args = [...(isPermanent ? ['--permanent'] : []), wordOf(at), `--${verb}-rich-rule=${rule}`];
  mustHaveRun('firewall-cmd', await hands.run('firewall-cmd', args, { timeoutMs }));
}

export function wordOf({ place, name }: Place): string {
  return `--${place}=${name}`;
}

/** What a call gives back; null where firewalld has no such place, undefined where it has to be asked in another way. */
type Answer = Json | null | undefined;

async function call(path: string, face: string, words: readonly string[], { run }: Runs): Promise<Answer> {
  // Not started by our asking: whoever has switched firewalld off wants it off.
  const options = ['--system', '--json=short', '--auto-start=no', `--timeout=${busSeconds}`];
  const args = [...options, 'call', '--', service, path, `${service}${face}`, ...words];
  const said = await run('busctl', args, { timeoutMs: (busSeconds + 2) * 1000 });
  if (/INVALID_(?:POLICY|ZONE)/.test(said.stderr)) return null;
  if (said.exit !== 0 || said.truncated) return undefined;
  const json = said.stdout.trim() === '' ? {} : (JSON.parse(said.stdout) as Json);
  return isObject(json) ? (listOf(json.data)[0] ?? true) : undefined;
}

async function runtimeByBus({ place, name }: Place, hands: Runs): Promise<string[] | null | undefined> {
  if (place === 'zone') return textsOf(await call(root, '.zone', ['getRichRules', 's', name], hands));
  return rulesIn(await call(root, '.policy', ['getPolicySettings', 's', name], hands));
}

async function settingsByBus(at: Place, hands: Runs): Promise<string[] | null | undefined> {
  const path = await objectOf(at, hands);
  if (typeof path !== 'string') return path;
  if (at.place === 'zone') return textsOf(await call(path, '.config.zone', ['getRichRules'], hands));
  return rulesIn(await call(path, '.config.policy', ['getSettings'], hands));
}

/** The path under which the settings of a place are found on the bus. */
async function objectOf({ place, name }: Place, hands: Runs): Promise<string | null | undefined> {
  const method = place === 'zone' ? 'getZoneByName' : 'getPolicyByName';
  const path = await call(config, '.config', [method, 's', name], hands);
  if (path === null) return null;
  const found = stringOf(path);
  return found?.startsWith(`${config}/`) === true ? found : undefined;
}

async function changedByBus(
  verb: 'add' | 'remove',
  at: Place,
  isPermanent: boolean,
  rule: string,
  hands: Runs,
): Promise<boolean> {
  const path = isPermanent ? await objectOf(at, hands) : root;
  if (typeof path !== 'string') return false;
  const face = `${isPermanent ? '.config' : ''}.${at.place}`;
  const words = at.place === 'zone' ? zoneWords(verb, at.name, isPermanent, rule) : await policyWords(verb, at, isPermanent, rule, hands); // prettier-ignore
  const done = words === null ? undefined : await call(path, face, words, hands);
  return done !== undefined && done !== null;
}

function zoneWords(verb: 'add' | 'remove', name: string, isPermanent: boolean, rule: string): string[] {
  const method = `${verb}RichRule`;
  if (isPermanent) return [method, 's', rule];
  return verb === 'add' ? [method, 'ssi', name, rule, '0'] : [method, 'ss', name, rule];
}

/** A policy takes all of its rules at once; settings that are not named stay as they are. */
async function policyWords(
  verb: 'add' | 'remove',
  at: Place,
  isPermanent: boolean,
  rule: string,
  hands: Runs,
): Promise<string[] | null> {
  const now = await (isPermanent ? settingsByBus(at, hands) : runtimeByBus(at, hands));
  if (now === undefined || now === null) return null;
  const others = now.filter((one) => one !== rule);
  const wanted = verb === 'add' ? [...others, rule] : others;
  const rules = ['1', 'rich_rules', 'as', String(wanted.length), ...wanted];
  return isPermanent ? ['update', 'a{sv}', ...rules] : ['setPolicySettings', 'sa{sv}', at.name, ...rules];
}

function textsOf(answer: Answer): string[] | null | undefined {
  if (answer === null || answer === undefined) return answer;
  return listOf(answer).flatMap((one) => stringOf(one)?.trim() ?? []);
}

/** Of a dictionary of settings, in which an empty list may be left out. */
function rulesIn(answer: Answer): string[] | null | undefined {
  if (answer === null || answer === undefined) return answer;
  if (!isObject(answer)) return undefined;
  const rules = answer['rich_rules'];
  return isObject(rules) ? textsOf(rules.data) : [];
}
