import type { FailedAttempt } from '../../model/attempt.js';
import type { Finding } from '../../model/cause.js';
import { fact, type Facts } from '../../model/facts.js';
import { notYet } from '../names/answers.js';

/** An address or an interface that was typed, and by which no connection can be made; null for all others. */
export function unusableAddress(attempt: FailedAttempt, facts: Facts): Finding | null {
  const { target } = facts;
  const { address, outcome } = attempt;
  if (outcome.code === 'failed' && outcome.raw.startsWith('ENODEV: interface')) return withoutInterface(facts);
  if (target.literal === 0 || attempt.hop > 0 || address === null || address !== target.host) return null;
  if (outcome.code === 'network-unreachable') return ofMany(address, facts);
  // As the system calls are made here (`zone of a link-local address` is ours, EINVAL the kernel's).
  return outcome.code === 'failed' && outcome.raw.startsWith('EINVAL: zone') ? withoutZone(address, facts) : null;
}

/** tcp_v4_connect: ENETUNREACH for whatever the routing table calls broadcast or multicast; tcp_v6_connect likewise. */
function ofMany(address: string, facts: Facts): Finding | null {
  const choice = fact(facts, 'device.routes')?.choices.find((one) => one.address === address);
  if (choice?.type !== 'broadcast' && choice?.type !== 'multicast') return null;
  const who = choice.type === 'broadcast' ? 'all devices of a network' : 'a group of devices';
  return {
    says: 'proven',
    stage: 'route',
    side: 'target',
    summary: `${address} is the address of ${who} at once (${choice.type}), and no connection can be made to it.`,
    advice: 'write the address of the one device that is meant',
    evidence: [
      { fact: 'device.routes', says: `the kernel counts it as ${choice.type}: ${choice.line ?? choice.device ?? ''}` },
      { fact: 'connect', says: 'it refuses the connection at once, and sends nothing' },
    ],
  };
}

/** An IPv6 address that counts on one link alone, without the link, or with one that is not there. */
function withoutZone(address: string, facts: Facts): Finding {
  const interfaces = fact(facts, 'device.interfaces');
  if (!interfaces) return { says: 'unknown', missing: notYet(facts, 'device.interfaces') };
  const [bare = address, zone] = address.split('%');
  const names = interfaces.filter(({ name, up }) => up && name !== 'lo').map(({ name }) => name);
  if (zone !== undefined && interfaces.some(({ name }) => name === zone))
    return { says: 'unknown', missing: [], because: `why ${zone} cannot be used is not known` };
  const example = names[0] ?? 'eth0';
  return {
    says: 'proven',
    stage: 'route',
    side: 'target',
    summary:
      zone === undefined
        ? `${address} counts on one cable or Wi-Fi only, and it is not said on which.`
        : `This computer has no network interface "${zone}", on which ${bare} is said to be.`,
    advice: `write the interface behind the address: [${bare}%${example}]`,
    evidence: [
      { fact: 'connect', says: `the kernel refuses it at once (EINVAL)` },
      { fact: 'device.interfaces', says: `this computer has ${names.join(', ') || 'no interface that is up'}` },
    ],
  };
}

/** `--interface` names one that is not there: nothing was sent (SO_BINDTODEVICE, ENODEV). */
function withoutInterface(facts: Facts): Finding {
  const interfaces = fact(facts, 'device.interfaces');
  if (!interfaces) return { says: 'unknown', missing: notYet(facts, 'device.interfaces') };
  const names = interfaces.filter(({ name, up }) => up && name !== 'lo').map(({ name }) => name);
  return {
    says: 'proven',
    stage: 'route',
    side: 'target',
    summary: 'This computer has no network interface of the name that the connection was to go out by (--interface).',
    advice: `name one that is there: ${names.join(', ') || 'none is up now'}`,
    evidence: [
      { fact: 'connect', says: 'the kernel knows no such interface (ENODEV), and sends nothing' },
      { fact: 'device.interfaces', says: `this computer has ${names.join(', ') || 'no interface that is up'}` },
    ],
  };
}
