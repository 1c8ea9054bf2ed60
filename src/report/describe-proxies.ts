import type { Facts } from '../model/facts.js';
import { sharedWays, wayWords } from '../model/program-proxies.js';
import { proxyUrl } from '../model/proxied.js';
import type { DesktopProxy, ProxySetting, ProxySettings } from '../model/proxy-facts.js';

export function proxyName({ server, problem = '' }: ProxySetting): string {
  return server ? proxyUrl(server) : `unusable, ${problem}`;
}

export function desktopLines({ settings, script, detect, announced, without }: DesktopProxy): string[] {
  return [
    ...settings.map(settingLine),
    ...(script ? [`${script.location}: by the script ${script.url}`] : []),
    ...lookedFor({ detects: detect ? [detect] : [], announced }),
    ...(without ? [`${without.location}: without it ${without.list.slice(0, 200)}`] : []),
  ];
}

/** Every place, and then which program goes which way to this target. */
export function settingLines(value: ProxySettings, facts: Facts): string[] {
  return [
    ...sharedWays(facts).map((ways) => `for this target: ${wayWords(ways)}`),
    ...value.settings.map(settingLine),
    ...(value.exempts ?? []).map((one) => `${one.location} ${one.name}: without it ${one.list.slice(0, 200)}`),
    ...value.scripts.map((one) => `${one.location}: by the script ${one.url}`),
    ...lookedFor(value),
  ];
}

function settingLine(one: ProxySetting): string {
  return `${one.location} ${one.name}: ${proxyName(one)}`;
}

function lookedFor({
  detects = [],
  announced = [],
}: {
  detects?: ProxySettings['detects'];
  announced?: ProxySettings['announced'];
}): string[] {
  return [
    ...detects.map((one) => `${one.location} ${one.name}: by a script that is looked for (WPAD)`),
    ...announced.map((one) => `${one.location}: DHCP announces the script ${one.url}`),
  ];
}
