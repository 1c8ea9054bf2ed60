import type { FailedAttempt } from '../../model/attempt.js';
import type { Evidence, Finding, Scene } from '../../model/cause.js';
import { fact } from '../../model/facts.js';
import type { PoliciesFact, PolicyProgram, ProgramHook } from '../../model/policy-facts.js';
import { denyingSetting } from '../../model/unit-access.js';

/**
 * Programs in the kernel (BPF) that decide for one control group. Null where nothing can be said yet, or where none could
 * have brought this failure about.
 */
export function groupPolicy(attempt: FailedAttempt, scene: Scene): Finding | null {
  if (attempt.protocol !== 'tcp' && attempt.protocol !== 'dns') return null;
  if (attempt.protocol === 'tcp' && attempt.stage !== 'connect') return null;
  const self = fact(scene.facts, 'device.self');
  if (self?.root !== true || self.platform !== 'linux') return null;
  const policies = scene.facts['device.policies'];
  if (policies === undefined) return { says: 'unknown', missing: ['device.policies'], because: 'not measured' };
  const inForce = policies.state === 'known' ? policies.value.programs : [];
  const suspects = inForce.filter(({ hook, at }) => at.startsWith('/') && couldBring(hook, attempt));
  if (suspects.length === 0) return null;
  if (scene.facts['connect.otherGroup'] === undefined)
    return {
      says: 'unknown',
      missing: ['connect.otherGroup'],
      because: 'programs of the kernel are in force for this group',
    };
  const tried = fact(scene.facts, 'connect.otherGroup')?.find(
    (one) =>
      one.address === attempt.address &&
      one.port === attempt.port &&
      (one.protocol === 'udp') === (attempt.protocol === 'dns'),
  );
  const code = attempt.outcome.code;
  if (!tried || tried.outside !== null || tried.again?.code !== code) return null;
  return blocked(suspects, policies.state === 'known' ? policies.value : null, attempt);
}

/** A call that is refused comes from the programs that are asked before; silence from those that see packets. */
function couldBring(hook: ProgramHook, attempt: FailedAttempt): boolean {
  const six = attempt.address?.includes(':') === true;
  const { code } = attempt.outcome;
  // A datagram that a program drops on its way out gives the same error to send().
  if (code === 'not-permitted' && attempt.protocol === 'dns' && !attempt.outcome.raw.endsWith('connect()'))
    return hook === 'egress' || hook === (six ? 'sendmsg6' : 'sendmsg4');
  if (code === 'not-permitted' || code === 'prohibited')
    return hook === 'sock-create' || hook === (six ? 'connect6' : 'connect4');
  if (code === 'timed-out') return hook === 'egress' || hook === 'ingress';
  // A program may lead a connection to another place, which then refuses it.
  return hook === (six ? 'connect6' : 'connect4');
}

function blocked(suspects: readonly PolicyProgram[], policies: PoliciesFact | null, attempt: FailedAttempt): Finding {
  const [first] = suspects;
  const group = policies?.group ?? '/';
  // The innermost one of systemd's holds the lists of all units above it.
  const isUnits = suspects.findLast(({ name }) => name.startsWith('sd_fw_')) === suspects.at(-1);
  const line = isUnits ? denyingSetting(policies?.settings ?? [], attempt.address ?? '') : null;
  const whose = first === undefined ? null : ownerOf(first);
  const unit = /\/([\w@.\\-]+\.(?:service|scope|slice))(?:\/|$)/.exec(first?.at ?? '')?.[1];
  const who = unit === undefined ? `the control group ${first?.at ?? group}` : unit;
  const names = suspects.map(
    (one) => `BPF ${one.hook} program ${one.name === '' ? one.id : `"${one.name}"`} of ${one.at}`,
  );
  const evidence: Evidence[] = [
    {
      fact: 'connect.otherGroup',
      says: `the same connection held with a socket of the topmost control group, and failed again with one of ${group}`,
    },
    { fact: 'device.policies', says: `in force for that group: ${names.slice(0, 3).join(', ')}` },
    ...(line === null
      ? []
      : [
          {
            fact: 'device.policies' as const,
            says: `${line.location} says ${line.name}=${line.value} of ${line.unit}`,
          },
        ]),
  ];
  return {
    says: 'proven',
    stage: attempt.stage,
    culprit: {
      kind: 'policy',
      name: names[0] ?? 'a BPF program',
      ...(whose === null ? {} : { owner: whose }),
      location: line?.location ?? first?.at ?? group,
    },
    summary: `A policy of this computer for ${who} stops the connection; other programs get through.`,
    advice:
      line === null
        ? adviceFor(first, unit)
        : `the line that forbids it is ${line.location}: ${line.name}=${line.value}; IPAddressAllow=${attempt.address ?? ''} beside it would let this server through`,
    evidence,
  };
}

/** systemd's own programs (src/core/bpf-firewall.c, socket-bind.c) bear its mark in their names. */
function ownerOf({ name, holder }: PolicyProgram): string | null {
  if (name.startsWith('sd_')) return 'systemd';
  return holder?.process ?? null;
}

function adviceFor(program: PolicyProgram | undefined, unit: string | undefined): string {
  if (program !== undefined && program.name.startsWith('sd_fw') && unit !== undefined)
    return `the unit's settings IPAddressDeny= and IPAddressAllow= say so: systemctl cat ${unit}`;
  if (program?.holder)
    return `it is held by ${program.holder.process} (process ${program.holder.pid}): look into its settings`;
  return 'whoever runs this computer has set that policy: ask for an exception';
}
