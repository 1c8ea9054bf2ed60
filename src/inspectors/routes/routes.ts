import { familyOf } from '../../model/address.js';
import type { RouteChoice, RoutesFact } from '../../model/facts.js';
import type { Gatherer } from '../../model/gatherer.js';
import { known, skipped } from '../../model/observed.js';
import { type IpContext, ipJson, type IpOutput, ipText, type IpObject, numberOf, textOf } from '../ip/ip-command.js';
import { routeAddresses } from './route-addresses.js';
import { choiceOf, refusingRoute, refusingRule, typeOfError } from './route-choice.js';

const MAX_RULES = 256;
const MAX_DEFAULTS = 16;

export const deviceRoutes: Gatherer<'device.routes'> = {
  fact: 'device.routes',
  needs: ['name.config'],
  base: false,
  cost: 'local',
  platforms: ['linux'],
  privilege: 'none',
  async gather(facts, context) {
    const [rules4, rules6, default4, default6] = await Promise.all([
      rulesOf(context, 4),
      rulesOf(context, 6),
      ipJson(context, ['-4', 'route', 'show', 'default']),
      ipJson(context, ['-6', 'route', 'show', 'default']),
    ]);
    if (!default4.ok && default4.why === 'missing') return skipped(`routes cannot be read: ${default4.words}`);
    const choose = (address: string): Promise<RouteChoice | null> => routeTo(address, familyOf(address) === 6 ? rules6 : rules4, context);
    const choices = await Promise.all(routeAddresses(facts).map(choose));
    const value: RoutesFact = {
      choices: choices.filter((choice) => choice !== null),
      defaults: [...defaultsOf(4, default4), ...defaultsOf(6, default6)].slice(0, MAX_DEFAULTS),
      rules: [...rules4, ...rules6.map((rule) => `-6 ${rule}`)],
    };
    return known(value, 'ip route');
  },
};

async function rulesOf(context: IpContext, family: 4 | 6): Promise<string[]> {
  const output = await ipText(context, [`-${family}`, 'rule', 'show']);
  if (!output.ok) return [];
  const lines = output.value.split('\n', MAX_RULES).map((line) => line.trim().replace(/\s+/g, ' '));
  return lines.filter((line) => line !== '').map((line) => line.slice(0, 200));
}

function defaultsOf(family: 4 | 6, output: IpOutput<readonly IpObject[]>): RoutesFact['defaults'] {
  if (!output.ok) return [];
  return output.value
    .filter((route) => !['unreachable', 'blackhole', 'prohibit', 'throw'].includes(textOf(route['type']) ?? ''))
    .map((route) => ({ family, via: textOf(route['gateway']), device: textOf(route['dev']), metric: numberOf(route['metric']) }));
}

/** Null when it could not be asked. The kernel is asked as the user whose sockets probe: rules may go by user. */
async function routeTo(address: string, rules: readonly string[], context: IpContext & { readonly options: { readonly interface: string | null } }): Promise<RouteChoice | null> {
  const { uid } = context.system.identity;
  const bare = address.split('%')[0] ?? address;
  const zone = address.split('%')[1] ?? context.options.interface;
  const selectors = [...(zone === null || zone === undefined ? [] : ['oif', zone]), ...(uid === null ? [] : ['uid', String(uid)])];
  const [got, matched] = await Promise.all([
    ipJson(context, ['route', 'get', bare, ...selectors]),
    ipText(context, ['route', 'get', 'fibmatch', bare, ...selectors]),
  ]);
  if (got.ok) {
    const [route] = got.value;
    return route ? choiceOf(address, route, matched.ok ? lineOf(matched.value) : null) : null;
  }
  if (got.why !== 'refused') return null;
  const type = typeOfError(got.words);
  const listed = await ipText(context, [`-${familyOf(bare)}`, 'route', 'show', 'table', 'all', 'match', bare]);
  const found = refusingRoute(bare, type, listed.ok ? listed.value : '', rules) ?? refusingRule(bare, type, rules);
  return {
    address,
    type: found && type !== 'none' ? found.type : type,
    via: null,
    device: null,
    source: null,
    table: found?.table ?? null,
    error: got.words,
    line: found?.line.slice(0, 200) ?? null,
  };
}

function lineOf(text: string): string | null {
  const line = text.split('\n')[0]?.trim() ?? '';
  return line === '' ? null : line.slice(0, 200);
}
