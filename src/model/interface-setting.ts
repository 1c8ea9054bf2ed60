/** The name that sysctl(8) has for a setting of one interface: a dot in the interface's own (`eth0.100`) is a slash there. */
export function interfaceSetting(device: string, setting: string): string {
  return `net.ipv4.conf.${device.replaceAll('.', '/')}.${setting}`;
}
