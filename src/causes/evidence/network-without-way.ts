import { scopeOf } from '../../model/address.js';
import type { FailedAttempt } from '../../model/attempt.js';
import type { Evidence, Finding, Scene } from '../../model/cause.js';
import { fact } from '../../model/facts.js';
import type { NetworkPermission, OtherNetwork, ProgramFact } from '../../model/program.js';
import type { Culprit } from '../../model/words.js';
import { refusedPermission, permissionEvidence } from './network-permission.js';

/** Codes of what is asked of a network that leads nowhere: the first is a route's, the others a resolver's that is not in it. */
const codes: ReadonlySet<string> = new Set(['network-unreachable', 'host-unreachable', 'refused', 'no-local-address']);

/**
 * The program is in a network that was made for it, and nothing leads out of that but the loopback: a sandbox. Null where
 * that is not so. Flatpak's right to the network is `os-network-permission` where somebody took it away in the settings.
 */
export function networkWithoutWay(
  attempt: FailedAttempt,
  scene: Scene,
  cause: 'app-policy' | 'os-network-permission',
): Finding | null {
  const { facts } = scene;
  if (attempt.protocol === 'unix' || !codes.has(attempt.outcome.code)) return null;
  // What is asked for on the loopback never leaves, unless it is this device's own resolver.
  if (attempt.protocol !== 'dns' && attempt.address !== null && scopeOf(attempt.address) === 'loopback') return null;
  const program = fact(facts, 'device.program');
  const network = program?.network ?? null;
  // Only what was looked at from within tells something of it.
  if (program && (!network || !program.adopted.includes('network'))) return null;
  const interfaces = fact(facts, 'device.interfaces');
  if (!interfaces)
    return program && facts['device.interfaces'] === undefined
      ? { says: 'unknown', missing: ['device.interfaces'], because: 'its network was not looked at' }
      : null;
  if (interfaces.some(({ name, kind, up }) => name !== 'lo' && kind !== 'loopback' && up)) return null;
  if (!program || !network) return interfaces.length > 1 ? null : ofThisProcess(attempt, scene, cause);
  const denied = refusedPermission(program.permission ?? null);
  const own = denied?.decided === 'setting' ? 'os-network-permission' : 'app-policy';
  if (own !== cause) return null;
  return { ...told(attempt, program, network, denied), stage: 'connect' };
}

function told(
  attempt: FailedAttempt,
  program: ProgramFact,
  network: OtherNetwork,
  denied: NetworkPermission | null,
): Finding & { readonly says: 'proven' } {
  const name = program.container ?? program.path ?? program.named;
  const evidence: Evidence[] = [
    {
      fact: 'device.interfaces',
      says: 'the program is in a network of its own, in which there is no interface but the loopback',
    },
    { fact: 'device.program', says: madeBy(network) },
  ];
  if (denied) return { ...byPermission(denied), evidence: [...evidence, permissionEvidence(denied)] };
  const { culprit, who, advice } = holderOf(program, network);
  const nowhere = attempt.protocol === 'dns' ? 'not even to a name server' : 'to nobody else';
  return {
    says: 'proven',
    side: 'this-device',
    culprit,
    summary: `${who} keeps ${name} in a network of its own that leads ${nowhere}; the rest of this computer is not concerned.`,
    advice,
    evidence,
  };
}

export function byPermission(permission: NetworkPermission): Omit<Finding & { says: 'proven' }, 'evidence'> {
  const { by, app, decided, location } = permission;
  const system = by === 'flatpak' ? 'Flatpak' : 'snapd';
  const right = by === 'flatpak' ? 'shared=network' : 'the plug network';
  const culprit: Culprit = {
    kind: 'policy',
    name: `${right} of ${app}, not granted`,
    owner: by,
    ...(location === null ? {} : { location }),
  };
  const why = {
    setting: 'somebody has taken that right away in the settings of this computer',
    package: 'its package does not ask for that right',
    start: 'whoever started it has taken that right away',
    unknown: 'it has not that right',
  }[decided ?? 'unknown'];
  const give = by === 'flatpak' ? `flatpak override --user --share=network ${app}` : `sudo snap connect ${app}:network`;
  return {
    says: 'proven',
    side: 'this-device',
    stage: 'connect',
    culprit,
    summary: `${system} does not let ${app} use the network: ${why}.`,
    advice:
      decided === 'package'
        ? `a program that never asked for the network seldom needs it; if you trust it: ${give}, then start it anew`
        : `if it is to use the network again: ${give}, then start it anew`,
  };
}

function madeBy({ first, starter }: OtherNetwork): string {
  if (!first) return 'who made that network is not to be seen';
  const from = starter === null ? '' : `, started by ${starter.process} (process ${starter.pid})`;
  return `the outermost program in it is ${first.process} (process ${first.pid})${from}`;
}

function holderOf(
  program: ProgramFact,
  { first, starter, unit }: OtherNetwork,
): { culprit: Culprit; who: string; advice: string } {
  if (unit)
    return {
      culprit: { kind: 'policy', name: `${unit.setting} of ${unit.name}`, owner: 'systemd', location: unit.location },
      who: `The unit ${unit.name}`,
      advice: `its setting ${unit.setting} says so (${unit.location}): systemctl edit ${unit.name} changes it`,
    };
  if (program.container !== null)
    return {
      culprit: { kind: 'container', name: program.container },
      who: 'The engine of containers',
      advice: 'put the container on a network when it is started (--network, or "networks:" in the compose file)',
    };
  const holder = first ?? starter;
  const name = holder === null ? 'a sandbox' : `${holder.process} (process ${holder.pid})`;
  return {
    culprit: { kind: 'policy', name: `network namespace of ${name}` },
    who: 'A sandbox',
    advice: `whoever started it has cut it off (${starter?.process ?? 'unshare, bwrap, firejail and the like do so'}): look how it is started`,
  };
}

/** No program was named, and this very process is in such a network. */
function ofThisProcess(attempt: FailedAttempt, { facts }: Scene, cause: string): Finding | null {
  if (cause !== 'app-policy') return null;
  const namespaces = facts['device.namespaces'];
  if (namespaces === undefined)
    return { says: 'unknown', missing: ['device.namespaces'], because: 'whose network this is was not looked at' };
  if (namespaces.state !== 'known' || namespaces.value.initial !== false) return null;
  const { inside } = namespaces.value;
  const what = inside === null ? 'a sandbox' : `a container (${inside})`;
  return {
    says: 'proven',
    side: 'this-device',
    stage: attempt.stage === 'name' ? 'name' : 'connect',
    culprit: { kind: 'policy', name: inside === null ? 'network namespace of this process' : `network of ${what}` },
    summary: `This program itself runs in ${what} with a network of its own that leads to nobody; that says nothing of the computer's network.`,
    advice: 'run it outside of that sandbox, or give the sandbox a network',
    evidence: [
      {
        fact: 'device.namespaces',
        says: 'this process is not in the network of the machine, but in one that was made on it',
      },
      { fact: 'device.interfaces', says: 'in it there is no interface but the loopback' },
    ],
  };
}
