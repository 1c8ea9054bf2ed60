import type { FailedAttempt } from '../../model/attempt.js';
import type { Cause, Evidence, Finding, Scene } from '../../model/cause.js';
import { fact, type FactKey } from '../../model/facts.js';
import { symptoms } from '../../model/failure.js';
import { answeredFromOutside, traceOf } from '../evidence/connection-evidence.js';
import { lostAtListener } from '../evidence/lost-at-listener.js';
import { answerLostFor, lostFor } from '../evidence/lost-packet.js';
import { heldBackForSender } from '../evidence/held-back-here.js';
import { ipsecBlocks } from '../evidence/ipsec-blocks.js';
import { besideForProgram, forbiddenUnseen } from '../evidence/app-rule.js';
import { deniedByModule } from '../evidence/denied-by-module.js';
import { groupPolicy } from '../evidence/group-policy.js';
import { untoldProgram } from '../evidence/incoming-program.js';
import { internalNetwork } from '../evidence/internal-network.js';
import { networkWithoutWay } from '../evidence/network-without-way.js';
import { policyForProgram } from '../evidence/program-policy.js';
import { refusedTheCall } from '../evidence/refused-call.js';
import { queuedPacket } from '../evidence/queued-packet.js';
import { notReached } from '../evidence/refused-by-own-stack.js';
import { forbiddenFile, isSocketFile } from '../evidence/socket-file-evidence.js';
import { stoppedForSender } from '../evidence/traced-rule.js';
import { stoppedConnection, stoppedQuestion } from '../evidence/stopped-packets.js';

/**
 * Not the connection is forbidden, but who makes it: a rule that can match only this user, group or cgroup, or the rights
 * of a socket's file. Of sandboxes a BPF program that drops what is sent, or the answer, is seen, and what a security
 * module of the kernel (AppArmor, SELinux, Landlock) writes down.
 */
export const cause: Cause = {
  id: 'app-policy',
  side: 'this-device',
  stage: 'connect',
  title: 'A rule for this program or user forbids the connection',
  symptoms: [
    ...stoppedConnection,
    ...symptoms('connect', 'aborted', 'failed', 'no-buffers'),
    ...stoppedQuestion,
    ...symptoms('tls', 'timed-out', 'reset'),
    ...symptoms('http', 'timed-out', 'reset'),
    ...symptoms('service', 'timed-out'),
    ...symptoms('execute', 'prohibited', 'not-permitted'),
  ],
  remedies: ['allow-in-opensnitch', 'allow-in-unit', 'allow-in-firewall'],
  unix: true,
  needs: [
    'kernel.trace',
    'device.socketFile',
    'device.program',
    'device.policies',
    'connect.otherGroup',
    'device.appFirewall',
    'device.denials',
    'connect.left',
    'device.interfaces',
    'device.listeners',
    'device.namespaces',
    'device.containers',
  ],
  // What a firewall for programs says of the one that was named, this diagnosis does not meet: it is another program.
  besideNeeds: (facts) => (fact(facts, 'device.program') ? ['device.appFirewall'] : []),
  beside: besideForProgram,
  judge(attempt, scene) {
    if (isSocketFile(attempt)) return socketFile(attempt, scene);
    if (attempt.byProgram) return policyForProgram(attempt, scene);
    if (isOnceOpen(attempt))
      return (
        heldBackForSender(attempt, scene) ?? {
          says: 'unknown',
          missing: [],
          because:
            'the connection itself was opened, and no rule for this program or user was seen to stop what is said on it',
        }
      );
    const withoutWay = networkWithoutWay(attempt, scene, 'app-policy');
    if (withoutWay) return withoutWay;
    const internal = internalNetwork(attempt, scene);
    if (internal) return internal;
    const forSender = stoppedForSender(attempt, scene);
    if (forSender) return forSender;
    const lost = lostFor(attempt, scene);
    if (lost === 'BPF_CGROUP_EGRESS') return bySandbox(attempt, groupPolicy(attempt, scene));
    if (answerLostFor(attempt, scene) === 'policy')
      return answersBySandbox(attempt, scene, groupPolicy(attempt, scene));
    const atListener = lostAtListener(attempt, scene);
    if (atListener) return atListener;
    const queued = queuedPacket(attempt, scene, 'app-policy');
    if (queued) return queued;
    const unseen = forbiddenUnseen(attempt, scene);
    if (unseen) return unseen;
    const own = notReached(attempt, scene);
    if (own) return own;
    if (attempt.stage === 'connect' && answeredFromOutside(attempt, scene)) {
      return {
        says: 'ruledOut',
        because: 'the packet left this computer and was answered outside',
        facts: ['connect'],
      };
    }
    const denial = deniedByModule(attempt, scene);
    if (denial && denial.says !== 'unknown') return denial;
    const group = groupPolicy(attempt, scene);
    if (group) return group;
    const ipsec = ipsecBlocks(attempt, scene);
    if (ipsec && ipsec !== 'ask')
      return { says: 'ruledOut', because: 'a policy of IPsec stops it, whoever asks', facts: ['device.swallowed'] };
    const missing = denial?.missing ?? [];
    return (
      refusedCall(attempt, scene, missing) ?? {
        says: 'unknown',
        missing,
        because: untoldProgram(attempt, scene) ?? 'which policies there are for programs is not known',
      }
    );
  },
};

function isOnceOpen({ stage }: FailedAttempt): boolean {
  return stage === 'tls' || stage === 'http' || stage === 'service';
}

/** As systemd does for IPAddressDeny= and SocketBindDeny=, container runtimes and security agents for their policies. */
function bySandbox(attempt: FailedAttempt, named: Finding | null): Finding {
  const reason: Evidence = {
    fact: 'kernel.trace',
    says: 'no rule stopped our packet; then the kernel threw it away each time, and gave BPF_CGROUP_EGRESS as the reason',
  };
  if (named?.says === 'proven') return { ...named, evidence: [...named.evidence, reason] };
  return {
    says: 'proven',
    // Which program it is, and whose, the kernel can still be asked.
    ...(named?.says === 'unknown' && named.missing.length > 0 ? { missing: named.missing } : {}),
    side: 'this-device',
    stage: attempt.stage,
    culprit: { kind: 'policy', name: 'BPF program of a control group, for what its programs send' },
    summary:
      'A policy of this computer forbids this connection to the program and all others of its control group, not to everybody.',
    advice:
      'sudo bpftool cgroup tree shows such policies; one of a systemd unit comes from IPAddressDeny= (systemctl cat UNIT)',
    evidence: [reason],
  };
}

/** The same for what comes in, which is thrown away behind the hook input, at the socket. */
function answersBySandbox(attempt: FailedAttempt, scene: Scene, named: Finding | null): Finding {
  const lost = traceOf(attempt, scene)?.answerLost;
  const reasons: Evidence[] = [
    {
      fact: 'kernel.trace',
      says: 'no rule stopped the answer; then the kernel threw it away at our own socket, and gave SOCKET_FILTER as the reason',
    },
    {
      fact: 'kernel.trace',
      says: `the socket has no filter of its own; BPF programs on what its control group receives: ${lost?.groupPrograms ?? 0}`,
    },
  ];
  if (named?.says === 'proven') return { ...named, evidence: [...named.evidence, ...reasons] };
  return {
    says: 'proven',
    ...(named?.says === 'unknown' && named.missing.length > 0 ? { missing: named.missing } : {}),
    side: 'this-device',
    stage: attempt.stage,
    culprit: { kind: 'policy', name: 'BPF program of a control group, for what its programs receive' },
    summary: `The answer of ${attempt.address ?? 'the target'} reaches this computer. A policy of it keeps the answer from the program and all others of its control group, not from everybody.`,
    advice:
      'sudo bpftool cgroup tree shows such policies; one of a systemd unit comes from IPAddressDeny= (systemctl cat UNIT)',
    evidence: reasons,
  };
}

/** Somebody's policy, whose it is is not to be seen: a program of the kernel, or a sandbox of whoever started this. */
function refusedCall(attempt: FailedAttempt, scene: Scene, missing: readonly FactKey[]): Finding | null {
  if (!refusedTheCall(attempt, scene)) return null;
  const seen = attempt.protocol === 'dns' ? 'name.direct' : 'connect';
  return {
    says: 'fits',
    weight: 0.8,
    missing,
    atMost: 'likely',
    stage: attempt.stage,
    summary:
      'A policy of this computer refuses this program, user or control group the connection: the call itself is forbidden.',
    advice:
      'it may be a sandbox, a systemd unit with IPAddressDeny=, a policy of IPsec (ip xfrm policy), or a security program; as root some of them are named',
    evidence: [
      { fact: seen, says: 'connect() was refused (EPERM) before there was a packet, which no packet filter does' },
    ],
  };
}

function socketFile(attempt: FailedAttempt, scene: Scene): Finding {
  const { code } = attempt.outcome;
  if (code === 'prohibited' || code === 'not-permitted') return forbiddenFile(attempt, scene);
  return { says: 'ruledOut', because: 'the system did not refuse to open the socket', facts: ['connect'] };
}
