import type { PoliciesFact, PolicyProgram } from '../../model/policy-facts.js';
import { fact } from '../../model/facts.js';
import type { Gatherer } from '../../model/gatherer.js';
import { known, skipped } from '../../model/observed.js';
import { holdersOf } from './holders.js';
import { interfacePrograms } from './interface-programs.js';
import { addressSettings, unitsOf } from './unit-settings.js';

const mostLevels = 32;

/** BPF programs that decide about connections of this control group, and those on the interface that leads to the target. */
export const devicePolicies: Gatherer<'device.policies'> = {
  fact: 'device.policies',
  needs: ['device.routes'],
  base: false,
  cost: 'local',
  platforms: ['linux'],
  privilege: 'root',
  async gather(facts, { system, signal }) {
    const { policies } = system;
    if (!policies) return skipped('this process cannot ask the kernel for its programs');
    const group = await policies.group();
    const closed: string[] = [];
    const found: Omit<PolicyProgram, 'holder'>[] = [];
    for (const level of group === null ? [] : groupLevels(group)) {
      const programs = await policies.ofGroup(level);
      if (typeof programs === 'string') closed.push(`group ${level}: ${programs}`);
      else found.push(...programs.map((one) => ({ ...one, at: level })));
    }
    const devices = [...new Set((fact(facts, 'device.routes')?.choices ?? []).flatMap(({ device }) => device ?? []))];
    // ip(8) and tc(8) are asked, three programs for each interface, where the kernel has anything to show at all.
    const onInterfaces = await interfacePrograms((await policies.areForInterfaces()) ? devices : [], system, signal);
    closed.push(...onInterfaces.closed);
    found.push(...onInterfaces.programs);
    const holders =
      found.length === 0 ? new Map<number, PolicyProgram['holder']>() : await holdersOf(found, system.files);
    // Such a program holds the lists of the unit that it is bound to, and of all above.
    const bound = found.findLast(({ name }) => name.startsWith('sd_fw_'));
    const settings = bound === undefined ? [] : await addressSettings(unitsOf(bound.at), system);
    const value: PoliciesFact = {
      group,
      programs: found.map((one) => ({ ...one, holder: holders.get(one.id) ?? null })),
      ...(settings.length > 0 && { settings }),
      closed,
    };
    return known(value, 'bpf()');
  },
};

/** The group and all above it, from the topmost down: a program counts for all below. */
export function groupLevels(group: string): string[] {
  const names = group.split('/').filter(Boolean).slice(0, mostLevels);
  return ['/', ...names.map((_, at) => `/${names.slice(0, at + 1).join('/')}`)];
}
