import { scopeOf } from '../../model/address.js';
import type { FailedAttempt } from '../../model/attempt.js';
import type { Cause, Finding, Scene } from '../../model/cause.js';
import { fact } from '../../model/facts.js';
import { symptoms } from '../../model/failure.js';
import { mayLieElsewhere } from '../../model/other-way.js';
import { isOwnAddress, ownAddressesKnown, routeOf } from '../evidence/connection-evidence.js';
import { wideNetwork, wideNetworkMissing, type WideNetwork } from '../evidence/wide-network.js';
import { tunnelOf, tunnelWords } from '../evidence/tunnel.js';

/** A network of containers, of virtual machines or of a VPN has the same addresses as the one that is meant. */
export const cause: Cause = {
  id: 'subnet-overlap',
  side: 'this-device',
  stage: 'route',
  title: 'Another network on this computer has the same addresses as the target',
  symptoms: [
    ...symptoms('connect', 'timed-out', 'refused', 'host-unreachable', 'network-unreachable'),
    ...symptoms('exchange', 'timed-out', 'host-unreachable'),
  ],
  needs: ['device.routes', 'device.interfaces', 'device.neighbours', 'references', 'connect.otherWay'],
  judge(attempt, scene) {
    if (attempt.protocol === 'dns') return ofResolver(attempt, scene);
    const route = routeOf(attempt, scene);
    if (!route) return { says: 'unknown', missing: ['device.routes'], because: 'not measured' };
    const defaults = fact(scene.facts, 'device.routes')?.defaults ?? [];
    // By a gateway of its own (a VPN's swallowing interface) the kernel names none: then the line tells.
    const byDefault = route.via && defaults.some((one) => one.via === route.via && one.device === route.device);
    if (byDefault || /^default\b/.test(route.line ?? ''))
      return { says: 'ruledOut', because: 'the target goes by the default route', facts: ['device.routes'] };
    if (isOwnAddress(attempt.address, scene))
      return { says: 'ruledOut', because: 'the target is this computer itself', facts: ['device.routes'] };
    if (!ownAddressesKnown(scene)) return { says: 'unknown', missing: ['device.interfaces'], because: 'not measured' };
    const wide = wideNetworkMissing(attempt.address, scene.facts);
    if (wide.length > 0) return { says: 'unknown', missing: wide, because: 'not measured' };
    const netmask = wideNetwork(attempt.address, scene.facts);
    if (netmask?.beyondItsRange) return byNetmask(attempt, netmask);
    const interfaces = fact(scene.facts, 'device.interfaces') ?? [];
    if (route.type === 'local' && scopeOf(attempt.address ?? '') !== 'loopback')
      return takenForOwn(attempt, route.line);
    if (attempt.address === null || !mayLieElsewhere(attempt.address, route, interfaces))
      return {
        says: 'unknown',
        missing: [],
        because: 'whether a network of the same addresses lies elsewhere is not known',
      };
    if (scene.facts['connect.otherWay'] === undefined)
      return { says: 'unknown', missing: ['connect.otherWay'], because: 'the other way was not tried' };
    return byOtherWay(attempt, scene, route.line);
  },
};

/**
 * A route of the type "local" that no address brought (`local 198.51.100.0/24 dev lo`). It cannot be tried by another
 * interface: what comes back bears an address of this device's own, and is dropped for that (fib_validate_source).
 */
function takenForOwn({ address }: FailedAttempt, line: string | null): Finding {
  return {
    says: 'fits',
    weight: 0.95,
    atMost: 'likely',
    stage: 'route',
    culprit: { kind: 'route', name: line ?? `local ${address ?? ''}`, address: address ?? '' },
    summary: `This computer takes ${address ?? ''} for an address of its own, though no interface of it has it: what is meant for it never leaves.`,
    advice: `find out who made that route; it goes with: sudo ip route del ${line ?? `local ${address ?? ''}`} table local`,
    evidence: [
      {
        fact: 'device.routes',
        says: `the kernel leads it back to this computer itself${line === null ? '' : ` (${line})`}`,
      },
      { fact: 'device.interfaces', says: 'no interface has that address' },
    ],
  };
}

/** A name server is asked by each way that there is: only the netmask can hide it. */
function ofResolver(attempt: FailedAttempt, { facts }: Scene): Finding {
  const missing = wideNetworkMissing(attempt.address, facts);
  if (missing.length > 0) return { says: 'unknown', missing, because: 'not measured' };
  const wide = wideNetwork(attempt.address, facts);
  if (wide) return byNetmask(attempt, wide);
  return { says: 'ruledOut', because: 'no netmask of this computer hides it', facts: ['device.routes'] };
}

/**
 * Whether the network is as wide as the netmask says, only the router knows. Where it reaches into what belongs to others,
 * it surely is not; else a machine that is off looks the same.
 */
function byNetmask(attempt: FailedAttempt, { device, own, router, beyondItsRange }: WideNetwork): Finding {
  const address = attempt.address ?? '';
  return {
    says: 'fits',
    weight: beyondItsRange ? 0.95 : 0.4,
    atMost: 'likely',
    stage: 'route',
    culprit: { kind: 'interface', name: device, address: own },
    summary: `The netmask of ${device} (${own}) is too wide: this computer looks for ${address} on its own network, where nobody has it, in place of sending it to the router (${router}).`,
    advice: `give ${device} the netmask that the router of this network has (mostly 255.255.255.0, "/24")`,
    evidence: [
      { fact: 'device.interfaces', says: `${device} has ${own}, so that ${address} counts as on its own network` },
      { fact: 'device.neighbours', says: `asked for, nobody there has ${address}` },
      { fact: 'references', says: `the router ${router} answers` },
      ...(beyondItsRange
        ? [
            {
              fact: 'device.interfaces' as const,
              says: `a network so wide reaches out of the private range that ${own.replace(/\/.*/, '')} is from, into addresses of others`,
            },
          ]
        : []),
    ],
  };
}

/** Only the interface differs: what opens by another one is a machine that the nearer network hides. */
function byOtherWay(attempt: FailedAttempt, scene: Scene, line: string | null): Finding {
  const tries = (fact(scene.facts, 'connect.otherWay') ?? []).filter(
    (one) => one.address === attempt.address && one.port === attempt.port,
  );
  const held = tries.find(({ result }) => !result.failure);
  if (!held) return { says: 'unknown', missing: [], because: 'by no other way does it answer' };
  const { usual, device } = held;
  const tunnel = tunnelOf(attempt, scene);
  const network = /^\S+\/\d+/.exec(line ?? '')?.[0];
  return {
    says: 'proven',
    stage: 'route',
    culprit: { kind: 'route', name: line ?? usual, address: attempt.address ?? '' },
    summary: `${tunnel ? tunnelWords(tunnel) : `The network of ${usual} on this computer`} has the same addresses as the target${network === undefined ? '' : ` (${network})`}: what is meant for ${attempt.address ?? 'it'} goes there.`,
    advice: /^(?:docker|br-|podman|cni)/.test(usual)
      ? 'give that network of containers other addresses (default-address-pools in /etc/docker/daemon.json, or "subnet:" in the compose file), or stop it'
      : `give one of the two networks other addresses, or add a route for that address by ${device}`,
    evidence: [
      { fact: 'connect.otherWay', says: `the same connection holds by ${device}, and fails by ${usual}` },
      { fact: 'device.routes', says: `the kernel sends it to ${usual}${line === null ? '' : ` (${line})`}` },
    ],
  };
}
