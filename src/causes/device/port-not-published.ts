import { scopeOf } from '../../model/address.js';
import type { FailedAttempt } from '../../model/attempt.js';
import type { Cause, Finding, Scene } from '../../model/cause.js';
import type { ContainerFact } from '../../model/container-facts.js';
import { fact } from '../../model/facts.js';
import { symptoms } from '../../model/failure.js';
import { aroundOf, insider } from '../evidence/around-trace.js';
import { isOwnAddress } from '../evidence/connection-evidence.js';
import { composedAs, ownContainer } from '../evidence/container-evidence.js';
import { carriedOut, endedAlike } from '../evidence/firewall-evidence.js';
import { notYetAsked } from '../evidence/not-yet-asked.js';
import { ownerName } from '../evidence/owner-words.js';
import { refusedByOwnStack } from '../evidence/refused-by-own-stack.js';

/** A port of a container that is served inside and not, or otherwise, on this device. */
export const cause: Cause = {
  id: 'port-not-published',
  side: 'this-device',
  stage: 'connect',
  title: "The container's port is not published",
  symptoms: symptoms('connect', 'refused', 'timed-out'),
  needs: ['kernel.trace', 'device.containers', 'device.namespaces'],
  judge(attempt, scene) {
    const traced = carriedOut('port-not-published', attempt, scene, (_, { owner }) => {
      const who = owner === null ? 'The container system' : ownerName(owner);
      return {
        summary: `${who} lets nobody in to port ${attempt.port ?? 0} of this container: it is not published.`,
        advice: `publish it when the container is started (docker run -p ${attempt.port ?? 0}:${attempt.port ?? 0} …, or "ports:" in the compose file)`,
      };
    });
    if (traced) return traced;
    if (attempt.address !== null && scopeOf(attempt.address) === 'public')
      return { says: 'ruledOut', because: 'the target is a public address', facts: ['connect'] };
    return byEngine(attempt, scene);
  },
};

function byEngine(attempt: FailedAttempt, scene: Scene): Finding {
  const because = 'published ports of containers were not looked at';
  const notLed = notLedThere(attempt, scene);
  if (notLed) return notLed;
  if (!isOwnAddress(attempt.address, scene) || attempt.outcome.code !== 'refused' || ownContainer(scene))
    return { says: 'unknown', missing: [], because };
  const measured = scene.facts['device.containers'];
  if (measured === undefined) return { says: 'unknown', missing: ['device.containers'], because };
  if (measured.state !== 'known') return noneElsewhere(attempt, scene) ?? { says: 'unknown', missing: [], because };
  const running = measured.value.containers.filter(({ state }) => state === 'running');
  const found = running.map((one) => publishing(one, attempt, scene)).find((finding) => finding !== null);
  return (
    found ?? {
      says: 'ruledOut',
      because: 'no container that runs serves that port inside',
      facts: ['device.containers'],
    }
  );
}

/**
 * The engine has published it at that very address, and the machine was seen to refuse by itself what was asked: no rule leads
 * it to the container, and the engine's own helper does not listen.
 */
function notLedThere(attempt: FailedAttempt, scene: Scene): Finding | null {
  const around = aroundOf(attempt, scene);
  const refusedAround =
    around !== undefined &&
    endedAlike(around, attempt) &&
    around.seenIn &&
    around.stoppedBy === null &&
    around.leftAs === null &&
    around.redirectedBy === undefined;
  const { port, address, outcome } = attempt;
  if (outcome.code !== 'refused' || !(refusedAround || (!around && refusedByOwnStack(attempt, scene)))) return null;
  const containers = fact(scene.facts, 'device.containers')?.containers.filter(({ state }) => state === 'running');
  if (!containers) return refusedAround ? unknownYet(scene) : null;
  for (const { name, ports, mode } of containers) {
    const shown = ports.find(({ published }) =>
      published.some((one) => one.port === port && [address, '0.0.0.0', '::'].includes(one.address)),
    );
    if (!shown || mode === 'host') continue;
    const asker = around ? insider(scene) : 'this computer itself';
    const place = `${address ?? ''} port ${port ?? 0}`;
    const rule = around?.leavesOut;
    return {
      says: 'fits',
      weight: 0.95,
      atMost: 'likely',
      side: 'this-device',
      stage: 'connect',
      culprit: { kind: 'container', name: `${name}:${shown.port}`, ...(rule && { rule }) },
      summary: `Port ${port ?? 0} of this computer is published for the container ${name}, but what ${asker} sends to ${address ?? ''} is not led there.`,
      advice: `${around ? `ask the container ${name} itself, by its name and port ${shown.port}` : `use another address of this computer than ${address ?? ''}`}; the engine leads it from everywhere when its helper runs ("userland-proxy") or its rules are whole: restart the engine`,
      evidence: [
        {
          fact: 'device.containers',
          says: `the engine has published port ${shown.port} of ${name} as port ${port ?? 0}`,
        },
        {
          fact: 'kernel.trace',
          says: `the kernel followed our packet to ${place}: no rule led it elsewhere, and this computer itself refused it`,
        },
        ...(rule
          ? [{ fact: 'kernel.trace', says: `the rule for that port leaves it out: ${rule.text ?? ''}` } as const]
          : []),
      ],
    };
  }
  return null;
}

function unknownYet(scene: Scene): Finding | null {
  const missing = notYetAsked(scene, 'device.containers');
  const because = 'published ports of containers were not looked at';
  return missing.length > 0 ? { says: 'unknown', missing, because } : null;
}

/** No engine can be asked: then the kernel's own tables show that no container serves the port. */
function noneElsewhere(attempt: FailedAttempt, scene: Scene): Finding | null {
  const elsewhere = fact(scene.facts, 'device.namespaces');
  if (!elsewhere?.complete || elsewhere.listeners.length > 0 || !refusedByOwnStack(attempt, scene)) return null;
  const because = 'no program of any container on this machine listens on that port';
  return { says: 'ruledOut', because, facts: ['device.namespaces'] };
}

/** How a container that serves this port inside shows it on this device, where that is not what was asked for. */
function publishing(container: ContainerFact, { port, address }: FailedAttempt, scene: Scene): Finding | null {
  const { name, ports, mode } = container;
  if (mode === 'host') return null;
  const asked = port ?? 0;
  const bound = ports.flatMap(({ port: inside, published }) =>
    published.filter((one) => one.port === asked).map((one) => ({ ...one, inside })),
  );
  const elsewhere = bound.find((one) => one.address !== '0.0.0.0' && one.address !== '::' && one.address !== address);
  if (elsewhere) {
    return told(container, scene, elsewhere.inside, `${name}:${elsewhere.inside}`, {
      summary: `The container ${name} shows port ${asked} only at ${elsewhere.address}, not at ${address ?? 'this address'}.`,
      advice: `use ${elsewhere.address}:${asked}, or publish it for all addresses (-p ${asked}:${elsewhere.inside})`,
      says: `port ${elsewhere.inside} of ${name} is published at ${elsewhere.address}:${asked}`,
    });
  }
  if (bound.length > 0) return null; // it is published as asked: then something else is wrong
  const inside = ports.find((one) => one.port === asked && one.protocol === 'tcp');
  if (!inside) return null;
  const [other] = inside.published;
  if (other) {
    return told(container, scene, asked, `${name}:${asked}`, {
      summary: `Port ${asked} of the container ${name} is port ${other.port} on this computer.`,
      advice: `use port ${other.port}`,
      says: `port ${asked} of ${name} is published as port ${other.port}`,
    });
  }
  return told(container, scene, asked, `${name}:${asked}`, {
    summary: `The container ${name} serves port ${asked}, but it is not published on this computer.`,
    advice: `publish it when the container is started (docker run -p ${asked}:${asked} …, or "ports:" in the compose file)`,
    says: `port ${asked} of ${name} is published nowhere`,
  });
}

function told(
  container: ContainerFact,
  scene: Scene,
  inside: number,
  name: string,
  { summary, advice, says }: { readonly summary: string; readonly advice: string; readonly says: string },
): Finding {
  const composed = composedAs(container, scene);
  const line = composed?.service.ports.find((one) => one.inside === inside)?.line ?? null;
  const at = composed === null ? null : line === null ? composed.at : `${composed.file}:${line}`;
  return {
    says: 'fits',
    weight: 0.9,
    atMost: 'likely',
    stage: 'connect',
    culprit: { kind: 'container', name, ...(at !== null && { location: at }) },
    summary,
    advice: at === null ? advice : `${advice}; its service ${container.service ?? ''} stands in ${at}`,
    evidence: [{ fact: 'device.containers', says: `${says}; the container is ${container.state}` }],
  };
}
