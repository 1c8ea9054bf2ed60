import type { Evidence } from '../../model/cause.js';
import type { NetworkPermission } from '../../model/program.js';

export function refusedPermission(permission: NetworkPermission | null): NetworkPermission | null {
  return permission?.allowed === false ? permission : null;
}

export function permissionEvidence({ by, app, decided, location }: NetworkPermission): Evidence {
  const at = location === null ? '' : ` (${location})`;
  const says = {
    setting: `the settings of ${by} take the right to use the network from ${app}${at}`,
    package: `the package ${app} does not ask ${by} for the network${at}`,
    start: `the package ${app} asks for the network${at}, and was started without it`,
    unknown: `${by} has not given ${app} the right to use the network${at}`,
  }[decided ?? 'unknown'];
  return { fact: 'device.program', says };
}
