import type { LocalService } from '../../model/device-state.js';
import type { Context } from '../../model/gatherer.js';
import { composeFile } from '../containers/compose-file.js';

/** Services of the folder's compose file that publish that port on this device, where no container does. */
export async function composeServices(port: number, { system }: Context): Promise<LocalService[]> {
  const file = await composeFile(system);
  return (file?.services ?? []).flatMap((service): LocalService[] => {
    const line = service.ports.find(({ published }) => published === port);
    if (!file || !line) return [];
    const known = /^[\w.-]{1,80}$/.test(service.name);
    return [
      {
        name: `service ${service.name} of ${file.location.slice(file.location.lastIndexOf('/') + 1)}`,
        state: 'stopped',
        because: `${file.location}:${line.line} publishes port ${line.inside} of ${service.name} as port ${port} of this computer, and no container does`,
        location: `${file.location}:${line.line}`,
        exit: null,
        words: null,
        heldBy: null,
        start: known ? `docker compose up -d ${service.name}` : null,
      },
    ];
  });
}
