import type { FailedAttempt } from '../../model/attempt.js';
import type { Cause, Finding, Scene } from '../../model/cause.js';
import { symptoms } from '../../model/failure.js';
import { answeredFromOutside } from '../evidence/connection-evidence.js';
import {
  composedAs,
  commonNetworks,
  noEngineAsked,
  ownContainer,
  targetContainer,
} from '../evidence/container-evidence.js';
import { carriedOut } from '../evidence/firewall-evidence.js';
import { ownerName } from '../evidence/owner-words.js';
import { notReached } from '../evidence/refused-by-own-stack.js';

/** Docker and Podman keep their networks apart by rules; the way out is a common network, never a hole in the rules. */
export const cause: Cause = {
  id: 'containers-not-connected',
  side: 'this-device',
  stage: 'connect',
  title: 'The containers are not on a common network',
  symptoms: [
    ...symptoms('connect', 'timed-out', 'host-unreachable', 'network-unreachable', 'refused'),
    ...symptoms('resolve', 'not-found', 'temporary-failure'),
    ...symptoms('exchange', 'nxdomain', 'no-data', 'server-failure'),
  ],
  needs: ['kernel.trace', 'device.containers', 'device.program'],
  judge(attempt, scene) {
    const traced = carriedOut('containers-not-connected', attempt, scene, ({ at }, { owner, about }) => {
      const who = owner === null ? 'The container system' : ownerName(owner);
      const within = ofOneBridge(at.rule?.text ?? '');
      if (within !== null)
        return {
          summary: `${who} lets the containers on ${within} not talk to each other, though they are on one network.`,
          advice: `whoever made that network said so (Docker: com.docker.network.bridge.enable_icc=false, or "icc": false in daemon.json): put both on another network, where they may (docker network create NETWORK, docker network connect NETWORK CONTAINER)`,
        };
      const network = about === null ? 'its networks' : `its network "${about}" from the others`;
      return {
        summary: `${who} keeps ${network} apart: ${attempt.address ?? 'the target'} is in another one.`,
        advice: `put both containers on a common network (docker network connect NETWORK CONTAINER); a rule that lets them through would be undone by ${who}`,
      };
    });
    if (traced) return traced;
    const own = notReached(attempt, scene);
    if (own) return own;
    if (attempt.stage === 'connect' && answeredFromOutside(attempt, scene)) {
      return {
        says: 'ruledOut',
        because: 'the packet left this computer and was answered outside',
        facts: ['connect'],
      };
    }
    const innocent = attempt.stage === 'name' ? noEngineAsked(attempt, scene) : null;
    return innocent ?? byEngine(attempt, scene);
  },
};

/** A rule for what comes in by a bridge and would leave by the same one: containers of one network that may not talk. */
function ofOneBridge(text: string): string | null {
  const [, from, to] =
    /(?<!! )-i (\S+) (?:.* )?(?<!! )-o (\S+)/.exec(text) ??
    /iifname "([^"]+)" (?:.* )?oifname "([^"]+)"/.exec(text) ??
    [];
  return from !== undefined && from === to ? from : null;
}

/** What the engine itself says of the networks of both. */
function byEngine(attempt: FailedAttempt, scene: Scene): Finding {
  const because = 'the networks of containers were not looked at';
  if (scene.facts['device.program']?.state !== 'known') return { says: 'unknown', missing: [], because };
  if (scene.facts['device.containers'] === undefined)
    return { says: 'unknown', missing: ['device.containers'], because };
  const [own, target] = [ownContainer(scene), targetContainer(attempt, scene)];
  if (!own || !target || own === target) return { says: 'unknown', missing: [], because };
  if (target.state !== 'running') {
    return { says: 'unknown', missing: [], because: `the container ${target.name} does not run` };
  }
  const common = commonNetworks(own, target);
  if (common.length > 0 || own.mode === 'host') {
    return {
      says: 'ruledOut',
      because:
        common.length > 0 ? `both are on the network ${common.join(', ')}` : 'it uses the network of the machine',
      facts: ['device.containers'],
    };
  }
  const networks = ({ networks: all, mode }: typeof own): string =>
    all.length === 0 ? `no network (${mode})` : all.map(({ name }) => name).join(', ');
  const [network] = target.networks;
  const [ownPlace, targetPlace] = [composedAs(own, scene), composedAs(target, scene)];
  const places =
    ownPlace && targetPlace ? `; the services stand in ${ownPlace.at} and line ${targetPlace.service.line}` : '';
  return {
    says: 'fits',
    weight: 0.95,
    stage: attempt.stage,
    culprit: {
      kind: 'container',
      name: `${own.name} and ${target.name}`,
      ...(targetPlace && { location: targetPlace.at }),
    },
    summary: `The containers ${own.name} and ${target.name} have no network in common, so they cannot reach each other.`,
    advice:
      network === undefined
        ? `put ${target.name} on a network of ${own.name}`
        : `put both on one network: docker network connect ${network.name} ${own.name} (or name the network for both in the compose file)${places}`,
    evidence: [
      {
        fact: 'device.containers',
        says: `${own.name} is on ${networks(own)}; ${target.name} is on ${networks(target)}`,
      },
    ],
  };
}
