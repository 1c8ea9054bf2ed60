import type { Random } from '../../firewall/random.js';
import type { Draft } from '../world/draft.js';
import { distractors } from './distractors.js';
import type { Faults } from './fault.js';
import { firewalls } from './firewalls.js';
import { interference } from './interference.js';
import { losses } from './losses.js';
import { names } from './names.js';
import { proxies } from './proxies.js';
import { routes } from './routes.js';
import { servers } from './servers.js';
import { translations } from './translations.js';
import { tunnels } from './tunnels.js';

const nothing: Faults = [[3, () => 'nothing']];
const families: readonly Faults[] = [
  firewalls,
  routes,
  servers,
  names,
  translations,
  interference,
  losses,
  tunnels,
  proxies,
  nothing,
];

function drawOf(random: Random, faults: Faults): Faults[number][1] {
  const total = faults.reduce((sum, [weight]) => sum + weight, 0);
  let at = random.next() * total;
  for (const [weight, fault] of faults) {
    at -= weight;
    if (at < 0) return fault;
  }
  throw new RangeError('nothing to draw from');
}

const every: Faults = families.flat();

/** One fault, and one to three things beside it that are true and harmless. */
export function breakIt(draft: Draft): void {
  const { random } = draft;
  for (let tries = 0; tries < 20; tries++) {
    const done = drawOf(random, every)(draft);
    if (done === null) continue;
    draft.fault = done;
    break;
  }
  const wanted = 1 + random.below(3);
  for (let count = 0; count < wanted; count++) {
    const done = drawOf(random, distractors)(draft);
    if (done !== null) draft.distractors.push(done);
  }
}
