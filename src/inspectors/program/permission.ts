import type { NetworkPermission } from '../../model/program.js';
import type { System } from '../../model/system.js';
import { flatpakPermission } from './flatpak-permission.js';
import { snapPermission } from './snap-permission.js';

/** Whether the system by which a program was installed lets it use the network; null where none has a say. */
export async function permissionOf(
  pid: number | null,
  uid: number | null,
  system: System,
): Promise<NetworkPermission | null> {
  if (pid === null) return null;
  return (await flatpakPermission(pid, uid, system)) ?? (await snapPermission(pid, system));
}
