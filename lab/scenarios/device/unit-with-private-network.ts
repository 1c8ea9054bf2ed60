import { both, failed, scenario } from '../../scenario.js';

// systemd itself does not run here: its unit file, its control group and the network that it would make are the same.
export default scenario({
  id: 'unit-with-private-network',
  side: 'device',
  title: 'The unit of a service says PrivateNetwork=yes, and its program has no network',
  target: 'https://198.51.100.10/',
  arguments: ['--app', '{pid:app}'],
  shows: 'app-policy',
  nearly: ['network-down', 'no-route'],
  break: [
    {
      do: 'file',
      on: 'device',
      path: '{etc}/systemd/system/lab-mailer.service',
      content: '[Unit]\nDescription=Mails\n[Service]\nExecStart=/usr/bin/sleep 3600\nPrivateNetwork=yes\n',
    },
    { do: 'group', on: 'device', group: 'lab-mailer.service' },
    {
      do: 'daemon',
      on: 'device',
      line: ['unshare', '-n', 'sleep', '3600'],
      ready: 'at once',
      label: 'app',
      group: 'lab-mailer.service',
    },
  ],
  expect: both(
    failed('app-policy', {
      side: 'this-device',
      certainty: { atLeast: 'proven' },
      culprit: { kind: 'policy', name: /PrivateNetwork=yes of lab-mailer\.service/, owner: 'systemd' },
      innocent: ['network-down', 'no-route'],
    }),
  ),
  only: 'root',
  needs: ['cgroup-bpf'],
});
