import { describe, expect, it } from 'vitest';
import { fakeSystem, type Script } from '../../../test/fake-system.js';
import { otherNetwork } from './other-network.js';
import { permissionOf } from './permission.js';

const app = 'org.example.App';
const at = `/var/lib/flatpak/app/${app}/x86_64/stable/0abc`;
const metadata = (shared: string): string => `[Application]\nname=${app}\n\n[Context]\n${shared}`;
const info = (shared: string): string =>
  `[Application]\nname=${app}\n\n[Instance]\napp-path=${at}/files\n\n[Context]\n${shared}`;
const asked = (files: Script['files']) => permissionOf(42, 1000, fakeSystem({ ...(files && { files }) }));
const users = 'root:x:0:0::/root:/bin/sh\nme:x:1000:1000::/home/me:/bin/sh\n';

describe('the right of a program of Flatpak', () => {
  it('is there, by its package', async () => {
    const files = {
      '/proc/42/root/.flatpak-info': info('shared=network;ipc;\n'),
      [`${at}/metadata`]: metadata('shared=network;ipc;\n'),
    };
    expect(await asked(files)).toEqual({
      by: 'flatpak',
      app,
      allowed: true,
      decided: 'package',
      location: `${at}/metadata`,
    });
  });

  it('is missing: never asked for, or left out when it was started', async () => {
    const files = { '/proc/42/root/.flatpak-info': info('shared=ipc;\n') };
    expect(await asked({ ...files, [`${at}/metadata`]: metadata('shared=ipc;\n') })).toMatchObject({
      allowed: false,
      decided: 'package',
    });
    expect(await asked({ ...files, [`${at}/metadata`]: metadata('shared=network;\n') })).toMatchObject({
      allowed: false,
      decided: 'start',
    });
    expect(await asked(files)).toMatchObject({ allowed: false, decided: null, location: null });
  });

  it('was taken away in the settings: the user’s own count last', async () => {
    const files = {
      '/etc/passwd': users,
      '/proc/42/root/.flatpak-info': info(''),
      [`${at}/metadata`]: metadata('shared=network;\n'),
      [`/var/lib/flatpak/overrides/${app}`]: '[Context]\nshared=!network;\n',
      [`/home/me/.local/share/flatpak/overrides/${app}`]:
        '[Environment]\nshared=!network\n[Context]\nsockets=x11;\nshared=!network;\n',
    };
    expect(await asked(files)).toMatchObject({
      decided: 'setting',
      location: `/home/me/.local/share/flatpak/overrides/${app}:5`,
    });
  });

  it('reads no words of other groups, and nothing where the file is none of Flatpak’s', async () => {
    const files = { '/proc/42/root/.flatpak-info': `${info('shared=ipc\n')}[Other]\nshared=network;\n` };
    expect(await asked(files)).toMatchObject({ allowed: false });
    expect(await asked({ '/proc/42/root/.flatpak-info': '\u0000\u0000' })).toBeNull();
    expect(await asked({ '/proc/42/root/.flatpak-info': 'name=../../etc\n' })).toBeNull();
    expect(await permissionOf(null, null, fakeSystem())).toBeNull();
  });
});

// After snapd's own state and profiles (overlord/ifacestate, interfaces/builtin/network.go): snapd itself does not run here.
describe('the right of a snap (built from snapd’s sources: not run)', () => {
  const process = { '/proc/42/attr/current': 'snap.mailer.send (enforce)\n', '/proc/42/cgroup': '0::/x\n' };
  const state = (conns: object): string => JSON.stringify({ data: { conns } });

  it('is connected, disconnected by somebody, or never was', async () => {
    const own = 'mailer:network core:network';
    const given = { interface: 'network', auto: true };
    const other = { 'other:network core:network': given };
    const of = (conns: object) => asked({ ...process, '/var/lib/snapd/state.json': state(conns) });
    expect(await of({ [own]: given })).toMatchObject({ by: 'snap', app: 'mailer', allowed: true, decided: 'package' });
    expect(await of({ [own]: { ...given, undesired: true } })).toMatchObject({ allowed: false, decided: 'setting' });
    expect(await of(other)).toMatchObject({ allowed: false, decided: 'package' });
  });

  it('shows in the profile where the state may not be read', async () => {
    const path = '/var/lib/snapd/apparmor/profiles/snap.mailer.send';
    const withNetwork = '# Description: Can access the network as a client.\n';
    expect(await asked({ ...process, [path]: withNetwork })).toMatchObject({ allowed: true, decided: null });
    expect(await asked({ ...process, [path]: '# nothing\n' })).toMatchObject({ allowed: false, location: path });
    expect(await asked({ ...process, '/var/lib/snapd/state.json': '{"data":' })).toBeNull();
    expect(
      await asked({
        '/proc/42/cgroup': '0::/user.slice/snap.mailer.send-0b1c2d3e-0000-4000-8000-0123456789ab.scope\n',
        [path]: '',
      }),
    ).toMatchObject({ app: 'mailer' });
  });
});

describe('a network of its own', () => {
  const process = (name: string, parent: number, network: string) => ({
    status: `Name:\t${name}\nPPid:\t${parent}\n`,
    'ns/net': { link: `net:[${network}]` },
  });
  const under = (pid: number, one: ReturnType<typeof process>) =>
    Object.fromEntries(Object.entries(one).map(([name, value]) => [`/proc/${pid}/${name}`, value]));
  const files = {
    ...under(1, process('init', 0, '1')),
    ...under(10, process('bwrap', 1, '1')),
    ...under(11, process('bwrap', 10, '2')),
    ...under(12, process('app', 11, '2')),
  };

  it('is that of its outermost process, which somebody outside has started', async () => {
    expect(await otherNetwork(12, fakeSystem({ files }))).toEqual({
      first: { pid: 11, process: 'bwrap' },
      starter: { pid: 10, process: 'bwrap' },
      unit: null,
    });
  });

  it('comes from a setting of its unit, of which what was added counts first', async () => {
    const unit = '/etc/systemd/system/app.service';
    const more = { ...files, '/proc/12/cgroup': '0::/system.slice/app.service\n' };
    expect(
      (await otherNetwork(12, fakeSystem({ files: { ...more, [unit]: '[Service]\nPrivateNetwork=yes\n' } }))).unit,
    ).toEqual({ name: 'app.service', location: unit, setting: 'PrivateNetwork=yes' });
    const added = {
      ...more,
      [unit]: '[Service]\n',
      [`${unit}.d/net.conf`]: '[Service]\nNetworkNamespacePath=/run/netns/x\n',
    };
    expect((await otherNetwork(12, fakeSystem({ files: added }))).unit?.location).toBe(`${unit}.d/net.conf`);
  });

  it('is told as far as it can be seen: processes end, and parents may be a circle', async () => {
    expect(await otherNetwork(99, fakeSystem())).toEqual({ first: null, starter: null, unit: null });
    const circle = { ...under(5, process('a', 6, '2')), ...under(6, process('b', 5, '2')) };
    expect((await otherNetwork(5, fakeSystem({ files: circle }))).starter).toBeNull();
  });
});
