import { type AppConnection, decideForApp } from '../../firewall/app-rules.js';
import type { AppFirewallFact, AppRule } from '../../model/app-firewall-facts.js';
import { failingFlows } from '../../model/failing-flows.js';
import { fact } from '../../model/facts.js';
import type { OpensnitchAllow } from '../../model/own-file-operations.js';
import type { Ailment, Plan, Remedy } from '../../model/remedy.js';
import { conditionsOf, opensnitchName, opensnitchRules } from '../../operations/own/opensnitch-allow.js';
import { addressesIn } from '../firewall/target-flows.js';

/** What a rule asks about who connects, and not about where to. */
const aboutProgram = /^process\./;
/** Stands for the change's id, which is not known yet: all ids are eight letters. */
const anyId = 'aaaaaaaa';

/** A rule of OpenSnitch for this target alone, before the one that forbids it. */
export const remedy: Remedy<null> = {
  id: 'allow-in-opensnitch',
  risk: 'low',
  needs: 'root',
  platforms: ['linux'],
  title: 'lets only this server and port through OpenSnitch',
  offers: (ailment) => isItsWord(ailment) && allowance(ailment) !== null,
  concerns: isItsWord,
  look: () => Promise.resolve(null),
  plan(ailment): Plan | { readonly whyNot: string } {
    const firewall = fact(ailment.facts, 'device.appFirewall');
    if (!isItsWord(ailment) || !firewall) return { whyNot: 'it is not OpenSnitch that forbids it' };
    const blocking = blockingRule(ailment, firewall);
    if (blocking !== null && !blocking.location.startsWith(`${opensnitchRules}/`))
      return { whyNot: `its rules are in another folder than ${opensnitchRules}` };
    const what = allowance(ailment);
    if (what === null) return { whyNot: 'no address of the target is known' };
    if (!decides(what, firewall, ailment)) {
      const first = blocking === null ? 'another rule of it' : `its rule "${blocking.name}"`;
      return { whyNot: `${first} is asked before any that could be added: change it in OpenSnitch's own window` };
    }
    const { addresses, port, program } = what;
    const who = program === undefined ? '' : `${program} to `;
    const all = program === undefined ? ['every program of this computer may connect there then'] : [];
    return {
      title: `lets only ${who}${addresses.join(', ')} port ${port} through`,
      operations: [{ kind: 'own-file', what }],
      opens: [],
      wider: false,
      mayCutOff: false,
      notes: [...all, "OpenSnitch reads it at once, and shows it among its rules; nobody's own rule is changed"],
    };
  },
};

function isItsWord({ verdict: { culprit } }: Ailment): boolean {
  return culprit?.kind === 'policy' && culprit.owner === 'OpenSnitch';
}

/** Null where what holds for all that no rule names decides. */
function blockingRule({ verdict: { culprit } }: Ailment, { rules }: AppFirewallFact): AppRule | null {
  return rules.find(({ location }) => location === culprit?.location) ?? null;
}

/** As narrow as the block: what that asks about the program or the user, the exception asks too. */
function allowance(ailment: Ailment): OpensnitchAllow | null {
  const { verdict, facts } = ailment;
  const firewall = fact(facts, 'device.appFirewall');
  if (!firewall) return null;
  const flows =
    verdict.stage === 'name' ? failingFlows(facts).filter(({ protocol }) => protocol === 'udp') : addressesIn(facts);
  const [first] = flows;
  if (first === undefined) return null;
  const same = flows.filter(({ port }) => port === first.port);
  const named = fact(facts, 'device.program')?.path ?? null;
  const asks = (pattern: RegExp): boolean =>
    blockingRule(ailment, firewall)?.conditions.some(({ operand }) => pattern.test(operand)) === true;
  const program = named ?? (asks(aboutProgram) ? firewall.asker : null);
  const uid = asks(/^user\.id$/) ? whoOf(facts) : null;
  return {
    is: 'opensnitch-allow',
    addresses: same.map(({ address }) => address).slice(0, 8),
    port: first.port,
    protocol: first.protocol,
    ...(program !== null && { program }),
    ...(uid !== null && { uid }),
  };
}

function whoOf(facts: Ailment['facts']): number | null {
  return fact(facts, 'device.program')?.uid ?? fact(facts, 'device.self')?.uid ?? null;
}

/** Whether it comes before the rule that forbids, as OpenSnitch goes through them. */
function decides(what: OpensnitchAllow, firewall: AppFirewallFact, { facts }: Ailment): boolean {
  const ours: AppRule = {
    name: opensnitchName(anyId),
    action: 'allow',
    enabled: true,
    precedence: true,
    location: `${opensnitchRules}/`,
    conditions: conditionsOf(what).map(({ type, operand, data, sensitive }) => ({
      type,
      operand,
      data,
      exact: sensitive,
    })),
  };
  return what.addresses.every((address) => {
    const connection: AppConnection = {
      path: what.program ?? firewall.asker ?? undefined,
      uid: whoOf(facts) ?? undefined,
      protocol: what.protocol,
      host: facts.target.host,
      address,
      port: what.port,
    };
    return decideForApp({ ...firewall, rules: [...firewall.rules, ours] }, connection)?.rule?.name === ours.name;
  });
}
