// A real Flatpak: a runtime and a program of the lab's own, made, installed and started without any network.
import type { DaemonStep } from './steps.js';

export const flatpakApp = 'org.lab.App';

interface FlatpakOptions {
  /** What the package asks for: the words of `shared=`. */
  readonly asks: readonly string[];
  /** Options of `flatpak override`, as settings of the desktop write them. */
  readonly override?: readonly string[];
  /** Options of `flatpak run`. */
  readonly run?: readonly string[];
}

/** `{pid:app}` is the program within its sandbox. */
export function flatpak({ asks, override = [], run = [] }: FlatpakOptions): DaemonStep {
  const metadata = (group: string, name: string): string =>
    `[${group}]\nname=${name}\nruntime=org.lab.Platform/x86_64/1\nsdk=org.lab.Platform/x86_64/1\n`;
  const context = asks.length === 0 ? '' : `\n[Context]\nshared=${asks.join(';')};\n`;
  return {
    do: 'daemon',
    on: 'device',
    files: {
      '{dir}/runtime/metadata': metadata('Runtime', 'org.lab.Platform'),
      '{dir}/app/metadata': `${metadata('Application', flatpakApp)}command=app\n${context}`,
      '{dir}/app/files/bin/app': '#!/bin/sh\necho running\nsleep 3600\n',
      '{dir}/environment': '',
    },
    prepare: [['sh', '-c', build, '{dir}', ...override]],
    line: ['sh', '-c', start, '{dir}', '--die-with-parent', ...run],
    ready: { says: 'running' },
    label: 'app',
    innermost: true,
  };
}

const environment =
  'export HOME="$0/home" FLATPAK_SYSTEM_DIR="$0/system" FLATPAK_USER_DIR="$0/user"; cd "$0" || exit 1;';

/** A runtime needs no more than what its one program is linked with. The last line is for options of an override. */
const build = `${environment}
umask 022; mkdir -p home system runtime/files/bin app/export runtime/usr
cp /bin/sh runtime/files/bin/sh; cp /bin/sleep runtime/files/bin/
for library in $(ldd /bin/sh /bin/sleep | grep -o '/[^ :]*' | grep -v /bin/ | sort -u); do
  mkdir -p "runtime/files/$(dirname "$library")"; cp -L "$library" "runtime/files$library"
done
chmod 755 app/files/bin/app
cp -r runtime/files/. runtime/usr/
flatpak build-export --runtime repo runtime 1 && flatpak build-export repo app 1 &&
flatpak --system remote-add --no-gpg-verify lab "file://$0/repo" &&
flatpak --system install -y --noninteractive lab runtime/org.lab.Platform/x86_64/1 org.lab.App//1 || exit 1
[ $# -eq 0 ] || flatpak override --system "$@" org.lab.App`;

const start = `${environment} exec flatpak run --system "$@" org.lab.App//1`;
