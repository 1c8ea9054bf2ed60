// The real OpenSnitch on the device, with rules in a folder and nobody at its window.
import type { DaemonStep } from './steps.js';

interface LabRule {
  readonly name: string;
  readonly action: 'allow' | 'deny' | 'reject';
  /** Operand to data; all must hold. */
  readonly when: Readonly<Record<string, string>>;
  readonly enabled?: boolean;
}

/** Its settings lie where it looks for them: the world has an /etc of its own. */
export function opensnitch(rules: readonly LabRule[], otherwise: 'allow' | 'deny' = 'allow'): DaemonStep {
  const settings = {
    Server: { Address: 'unix:///nowhere/osui.sock', LogFile: '/dev/null' },
    DefaultAction: otherwise,
    DefaultDuration: 'once',
    InterceptUnknown: false,
    ProcMonitorMethod: 'proc',
    LogLevel: 2,
    Firewall: 'iptables',
    Stats: { MaxEvents: 150, MaxStats: 25 },
  };
  return {
    do: 'daemon',
    on: 'device',
    files: {
      '{etc}/opensnitchd/default-config.json': JSON.stringify(settings),
      '{etc}/opensnitchd/system-fw.json': '{"SystemRules":[]}',
      ...Object.fromEntries(rules.map((rule) => [`{etc}/opensnitchd/rules/${rule.name}.json`, ruleFile(rule)])),
    },
    prepare: [['mkdir', '-p', '{etc}/opensnitchd/rules']],
    line: ['unshare', '-m', 'sh', '-c', start, '{dir}/log', '{etc}/opensnitchd', ...options],
    ready: { says: 'ready' },
  };
}

export function ruleFile({ name, action, when, enabled = true }: LabRule): string {
  const list = Object.entries(when).map(([operand, data]) => ({
    type: 'simple',
    operand,
    sensitive: false,
    data,
    list: [],
  }));
  const [only] = list;
  const many = { type: 'list', operand: 'list', sensitive: false, data: JSON.stringify(list), list };
  return JSON.stringify({
    created: '2026-01-01T00:00:00Z',
    updated: '2026-01-01T00:00:00Z',
    name,
    enabled,
    precedence: false,
    action,
    duration: 'always',
    operator: list.length === 1 ? only : many,
  });
}

/** Its log goes into a file alone: that says when it takes packets. The shell's text is fixed. */
const start = `mount --bind "$1" /etc/opensnitchd; shift
opensnitchd "$@" -log-file "$0" & until grep -q 'Running on netfilter queue' "$0" 2>/dev/null; do sleep 0.05; done
echo ready; wait`;
const options = ['-rules-path', '/etc/opensnitchd/rules', '-process-monitor-method', 'proc'] as const;
