import type { AppCondition, AppFirewallFact, AppRule, AppRuleAction } from '../../model/app-firewall-facts.js';
import type { PacketQueue } from '../../model/firewall-facts.js';
import type { Gatherer } from '../../model/gatherer.js';
import { known } from '../../model/observed.js';
import type { System } from '../../model/system.js';
import { type Json, list, object, readJson, text } from '../json.js';
import { packetQueues } from '../firewall/packet-queues.js';

const settings = '/etc/opensnitchd/default-config.json';
const usualRules = '/etc/opensnitchd/rules';
const daemonName = 'opensnitchd';
const mostRules = 1_000;
const mostConditions = 32;
const mostProcesses = 20_000;
const mostBytes = 64 * 1024;

/** OpenSnitch: a file for each rule (daemon/rule/rule.go), and the daemon that packets are handed to. */
export const appFirewall: Gatherer<'device.appFirewall'> = {
  fact: 'device.appFirewall',
  needs: [],
  base: false,
  cost: 'local',
  platforms: ['linux'],
  privilege: 'none',
  async gather(_facts, { system }) {
    const { files } = system;
    // Where it was never installed, nothing else is looked at.
    if (!(await files.exists('/etc/opensnitchd'))) return known(null, '/etc/opensnitchd');
    // Root sees who takes packets: a daemon that takes none decides nothing.
    const queues = system.identity.root ? await packetQueues(system) : null;
    const daemon = queues === null ? await daemonOf(system) : holderIn(queues);
    const words = daemon === null ? [] : ((await textOf(`/proc/${daemon.pid}/cmdline`, system)) ?? '').split('\0', 64);
    const named = words[words.findIndex((word) => /^--?rules-path$/.test(word)) + 1];
    const folder = words.some((word) => /^--?rules-path$/.test(word)) && named?.startsWith('/') ? named : usualRules;
    const names = await files.list(folder, mostRules);
    const closed: string[] = names === null ? [`${folder}: may not be listed`] : [];
    const rules: AppRule[] = [];
    for (const name of (names ?? []).filter((one) => one.endsWith('.json'))) {
      // oxlint-disable-next-line no-await-in-loop -- a thousand files at once are too many
      const file = await readJson(files, `${folder}/${name}`, mostBytes);
      const rule = file.ok ? ruleOf(object(file.value), `${folder}/${name}`) : null;
      if (rule) rules.push(rule);
      else closed.push(`${folder}/${name}: ${file.ok ? 'is no rule' : file.code}`);
    }
    const general = await readJson(files, settings, mostBytes);
    const value: AppFirewallFact = {
      product: 'OpenSnitch',
      daemon,
      queues: queues?.filter(({ pid }) => pid === daemon?.pid).map(({ number }) => number) ?? null,
      otherwise: general.ok ? actionOf(object(general.value)['DefaultAction']) : null,
      asker: await files.link('/proc/self/exe'),
      rules,
      closed: closed.slice(0, 16),
    };
    return known(value, folder);
  },
};

function holderIn(queues: readonly PacketQueue[]): AppFirewallFact['daemon'] {
  const holder = queues.find(({ process }) => process === daemonName);
  return holder ? { pid: holder.pid, process: daemonName } : null;
}

async function daemonOf({ files }: System): Promise<AppFirewallFact['daemon']> {
  const pids = ((await files.list('/proc', 100_000)) ?? []).filter((one) => /^\d+$/.test(one)).slice(0, mostProcesses);
  const own = await files.link('/proc/self/ns/net');
  const found = await Promise.all(
    pids.map(async (pid) => {
      const name = await files.read(`/proc/${pid}/comm`, 64);
      const process = name.ok ? Buffer.from(name.bytes).toString('latin1').trim() : '';
      if (process !== daemonName) return [];
      // One in another network decides about that one's packets.
      const network = await files.link(`/proc/${pid}/ns/net`);
      return network === null || own === null || network === own ? [{ pid: Number(pid), process }] : [];
    }),
  );
  return found.flat()[0] ?? null;
}

export function ruleOf(rule: Json, location: string): AppRule | null {
  const action = actionOf(rule['action']);
  const operator = object(rule['operator']);
  if (action === null || typeof rule['name'] !== 'string' || operator['type'] === undefined) return null;
  const all = operator['type'] === 'list' ? list(operator['list'], mostConditions).map(object) : [operator];
  return {
    name: text(rule['name']),
    action,
    enabled: rule['enabled'] !== false,
    precedence: rule['precedence'] === true,
    location,
    conditions: all.map(conditionOf),
  };
}

function conditionOf(operator: Json): AppCondition {
  return {
    type: text(operator['type']),
    operand: text(operator['operand']),
    data: text(operator['data'], 1_000),
    exact: operator['sensitive'] === true,
  };
}

function actionOf(value: unknown): AppRuleAction | null {
  return value === 'allow' || value === 'deny' || value === 'reject' ? value : null;
}

async function textOf(path: string, { files }: System): Promise<string | null> {
  const read = await files.read(path, mostBytes);
  return read.ok ? Buffer.from(read.bytes).toString('utf8') : null;
}
