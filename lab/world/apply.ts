// Carries out a scenario's steps in a world.
import { cpSync, existsSync, rmSync } from 'node:fs';
import path from 'node:path';
import { deviceDirectory } from './device-files.js';
import { applyFirewalld } from './firewalld.js';
import { findRule, type RulePlace } from './handles.js';
import { applyDaemon, runIn, writeFileIn } from './daemons.js';
import { must } from './process.js';
import type { Step } from './steps.js';
import type { World } from './world.js';

const words = (line: string): string[] => line.split(/\s+/).filter((word) => word !== '');

async function applyNft(world: World, step: Extract<Step, { do: 'nft' }>): Promise<Map<string, RulePlace>> {
  await must(...world.inside(step.on, 'nft', '-f', '-'), { input: step.ruleset });
  const places = new Map<string, RulePlace>();
  const labels = Object.entries(step.labels);
  if (labels.length === 0) return places;
  const listing = await must(...world.inside(step.on, 'nft', '-a', 'list', 'ruleset'));
  for (const [label, piece] of labels) {
    const place = findRule(listing, piece);
    if (place === null) throw new Error(`no rule "${piece}" in\n${listing}`);
    places.set(label, place);
  }
  return places;
}

/** ufw with copies of its files, which `ip netns exec` binds over the real ones. */
async function applyUfw(world: World, step: Extract<Step, { do: 'ufw' }>): Promise<void> {
  const namespace = world.namespace(step.on);
  const directory = deviceDirectory(namespace);
  for (const name of ['ufw', 'default']) {
    if (!existsSync(path.join(directory, name)))
      cpSync(path.join('/etc', name), path.join(directory, name), { recursive: true });
  }
  const lock = '/run/ufw.lock';
  const hadLock = existsSync(lock);
  try {
    await must('ip', ['netns', 'exec', namespace, 'ufw', '--force', 'enable']);
    for (const command of step.commands) await must('ip', ['netns', 'exec', namespace, 'ufw', ...words(command)]);
  } finally {
    if (!hadLock) rmSync(lock, { force: true });
  }
}

export async function applySteps(world: World, steps: readonly Step[]): Promise<void> {
  for (const step of steps) {
    switch (step.do) {
      case 'nft':
        for (const [label, place] of await applyNft(world, step)) world.rules.set(label, place);
        break;
      case 'iptables':
        for (const command of step.commands) {
          await must(...world.inside(step.on, step.family === 4 ? 'iptables-nft' : 'ip6tables-nft', ...words(command)));
        }
        break;
      case 'iptables-restore': {
        const program = `${step.family === 4 ? 'iptables' : 'ip6tables'}-${step.backend}-restore`;
        await must(...world.inside(step.on, program, '--noflush'), { input: `${step.dump.trim()}\n` });
        break;
      }
      case 'ip':
        await must('ip', [...(step.family === 6 ? ['-6'] : []), '-n', world.namespace(step.on), '-batch', '-'], {
          input: `${step.commands.join('\n')}\n`,
        });
        break;
      case 'sysctl':
        await must(...world.inside(step.on, 'sysctl', '-q', '-w', ...step.settings));
        break;
      case 'ufw':
        await applyUfw(world, step);
        break;
      case 'firewalld':
        await applyFirewalld(world, step.on, step.commands);
        break;
      case 'ipset':
        await must(...world.inside(step.on, 'ipset', 'restore'), { input: `${step.dump}\n` });
        break;
      case 'sandbox':
        world.confine(step);
        break;
      case 'neighbour':
        await world.addNeighbour(step);
        break;
      case 'container':
        await world.contain(step.on);
        break;
      case 'dnsmasq':
        await world.startDaemon(step.on, 'dnsmasq', [
          '--keep-in-foreground', '--conf-file=/dev/null', '--no-hosts', '--no-resolv', '--user=root', '--pid-file=', '--bind-interfaces', ...step.options,
        ]); // prettier-ignore
        break;
      case 'daemon':
        await applyDaemon(world, step);
        break;
      case 'group':
        world.makeGroup(step);
        break;
      case 'file':
        writeFileIn(world, step);
        break;
      case 'run':
        await runIn(world, step);
        break;
      case 'unbound':
        await world.startUnbound(step.on, step.config);
        break;
    }
  }
}
