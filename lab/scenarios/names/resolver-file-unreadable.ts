import { failed, reachable, scenario } from '../../scenario.js';

export default scenario({
  id: 'resolver-file-unreadable',
  side: 'names',
  title: 'The resolver file may be read by root alone: users ask 127.0.0.1, where nobody is',
  target: 'https://shop.example.com/',
  shows: 'no-dns-configured',
  nearly: ['name-does-not-exist', 'resolver-unreachable'],
  break: [{ do: 'run', on: 'device', line: ['chmod', '600', '{etc}/resolv.conf'] }],
  expect: {
    root: reachable,
    user: failed('no-dns-configured', { stage: 'name', innocent: ['name-does-not-exist'] }),
  },
});
