import type { AppFirewallFact } from '../model/app-firewall-facts.js';

/** A firewall for programs, in a few lines. */
export function appFirewallLines(firewall: AppFirewallFact | null): string[] {
  if (firewall === null) return ['no firewall for programs is installed'];
  const { product, daemon, queues, otherwise, rules, closed } = firewall;
  const runs = daemon === null ? 'does not run' : `runs as process ${daemon.pid}`;
  const takes =
    queues === null ? '' : queues.length === 0 ? ', takes no packets' : `, takes packets of queue ${queues.join(', ')}`;
  return [
    `${product} ${runs}${takes}; else: ${otherwise ?? 'unknown'}`,
    ...rules
      .filter(({ enabled, action }) => enabled && action !== 'allow')
      .slice(0, 8)
      .map(({ name, action, location }) => `${action}: "${name}" (${location})`),
    ...closed.slice(0, 4),
  ];
}
