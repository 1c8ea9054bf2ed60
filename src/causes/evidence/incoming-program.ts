import type { FailedAttempt } from '../../model/attempt.js';
import type { Finding, Scene } from '../../model/cause.js';
import { fact } from '../../model/facts.js';
import type { PolicyProgram } from '../../model/policy-facts.js';
import { traceOf } from './connection-evidence.js';
import { endedAlike } from './firewall-evidence.js';

/**
 * A program of the kernel (tc) on the interface throws the answer away before any rule sees it: the link delivered it, and
 * the trace, whose rules come right behind that program, saw nothing come in. Null where that is not so.
 */
export function byIncomingProgram(attempt: FailedAttempt, scene: Scene): Finding | null {
  const flow = traceOf(attempt, scene);
  if (attempt.protocol !== 'tcp' || attempt.outcome.code !== 'timed-out' || !flow) return null;
  if (flow.stoppedBy || flow.seenIn || !flow.seenOut || !endedAlike(flow, attempt)) return null;
  const programs = programsFor(attempt, scene).filter(({ hook }) => hook === 'tc-ingress');
  const [first] = programs;
  if (!first) return null;
  const measured = scene.facts['connect.left'];
  if (measured === undefined)
    return { says: 'unknown', missing: ['connect.left'], because: 'whether an answer comes in was not heard' };
  const heard = fact(scene.facts, 'connect.left')?.find(
    (one) => one.address === attempt.address && one.port === attempt.port && one.failure?.code === 'timed-out',
  );
  if (!heard || heard.answers === 0) return null;
  // Rules of nftables on the same hook come right behind it, and before any trace.
  const alsoRules = fact(scene.facts, 'device.firewall')?.tables.some(({ hooks }) =>
    hooks.some((hook) => hook.startsWith('ingress')),
  );
  return {
    ...(alsoRules === true ? { says: 'fits', weight: 0.7, atMost: 'likely' } : { says: 'proven' }),
    side: 'this-device',
    stage: attempt.stage,
    culprit: {
      kind: 'policy',
      name: programName(first),
      ...(first.holder && { owner: first.holder.process }),
      location: first.at,
    },
    summary: `The answer of ${attempt.address ?? 'the target'} reaches this computer, and a program in its kernel on ${first.at} throws it away.`,
    advice: first.holder
      ? `${first.holder.process} (process ${first.holder.pid}) keeps it: look into its settings`
      : `sudo tc filter show dev ${first.at} ingress and sudo bpftool net show it`,
    evidence: [
      {
        fact: 'connect.left',
        says: `${heard.device} delivered ${heard.answers} ${heard.answers === 1 ? 'answer' : 'answers'} while the connection stayed silent`,
      },
      {
        fact: 'kernel.trace',
        says: 'the kernel followed our packet out, and saw nothing of an answer behind that program',
      },
      { fact: 'device.policies', says: `on its way in stands ${programs.map(programName).slice(0, 3).join(', ')}` },
    ],
  };
}

/** XDP comes before everything that can be listened to: what it throws away is not to be told from what never came. */
export function untoldProgram(attempt: FailedAttempt, scene: Scene): string | null {
  if (attempt.outcome.code !== 'timed-out') return null;
  const [first] = programsFor(attempt, scene).filter(({ hook }) => hook === 'xdp');
  if (!first) return null;
  const whose = first.holder ? ` of ${first.holder.process} (process ${first.holder.pid})` : '';
  return `${programName(first)}${whose} sees packets before anything can be measured: whether it throws the answer away would show without it (sudo ip link set dev ${first.at} xdp off, for a moment)`;
}

function programsFor(attempt: FailedAttempt, { facts }: Scene): PolicyProgram[] {
  const device = fact(facts, 'device.routes')?.choices.find(({ address }) => address === attempt.address)?.device;
  return (fact(facts, 'device.policies')?.programs ?? []).filter(({ at }) => at === device);
}

function programName({ hook, name, id, at }: PolicyProgram): string {
  const kind = { 'tc-ingress': 'tc ingress', 'tc-egress': 'tc egress', xdp: 'XDP' }[hook as string] ?? hook;
  return `${kind} program ${name === '' ? id : `"${name}"`} on ${at}`;
}
