import type { ContainersFact } from '../model/container-facts.js';

/** Containers of this device, a line each. */
export function containerLines({ containers, socket }: ContainersFact): string[] {
  return [
    `asked at ${socket}`,
    ...containers.map(({ name, state, health, networks, ports }) => {
      const where = networks.map((one) => `${one.name} ${one.addresses.join(' ')}`.trimEnd()).join(', ');
      const shown = ports.map(({ port, protocol, published }) => {
        const at = published.map((one) => `${one.address}:${one.port}`).join(' ');
        return `${port}/${protocol}${at === '' ? '' : ` at ${at}`}`;
      });
      return `${name}: ${state}${health === null ? '' : ` (${health})`}, on ${where || 'no network'}; ${shown.join(', ') || 'no ports'}`;
    }),
  ];
}
