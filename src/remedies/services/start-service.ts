import { fact } from '../../model/facts.js';
import type { Ailment, Plan, Remedy } from '../../model/remedy.js';
import { unitName } from '../../operations/services/unit-state.js';

/** The service that should listen there, and does not run, is started. */
export const remedy: Remedy<null> = {
  id: 'start-service',
  risk: 'low',
  needs: 'root',
  platforms: ['linux'],
  title: 'starts the service that should answer there',
  offers: (ailment) => unitOf(ailment) !== null,
  look: () => Promise.resolve(null),
  plan(ailment): Plan | { readonly whyNot: string } {
    const unit = unitOf(ailment);
    if (unit === null) return { whyNot: 'no unit of systemd on this computer is known to serve that port' };
    const { words } = unit;
    return {
      title: `starts ${unit.name} (${unit.because})`,
      operations: [{ kind: 'service-start', unit: unit.name }],
      opens: [`whatever else ${unit.name} serves`],
      wider: false,
      mayCutOff: false,
      notes: [
        'whether it starts with the computer stays as it was (systemctl enable)',
        ...(words === null ? [] : [`it ended with these words before: ${words.text.slice(0, 120)}`]),
      ],
    };
  },
};

interface Startable {
  readonly name: string;
  readonly because: string;
  readonly words: { readonly text: string } | null;
}

/** One that was switched off by somebody (disabled) is started only for now; one that is not there cannot be. */
function unitOf({ verdict: { culprit }, facts }: Ailment): Startable | null {
  if (culprit?.kind !== 'service') return null;
  const services = fact(facts, 'device.services')?.services ?? [];
  const found = services.find(({ name }) => name === culprit.name);
  if (found === undefined || !['stopped', 'failed', 'disabled', 'unknown'].includes(found.state)) return null;
  const named = /\b([A-Za-z0-9_][\w:.@-]{0,120}\.service)\b/.exec(`${found.name} ${found.start ?? ''}`)?.[1] ?? '';
  const isHere = culprit.address === undefined || services.length > 0;
  return isHere && unitName.test(named) ? { name: named, because: found.because, words: found.words } : null;
}
