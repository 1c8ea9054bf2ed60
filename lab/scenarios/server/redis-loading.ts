import { both, failed, likely, scenario } from '../../scenario.js';
import { ssh } from '../../world/internet.js';

export default scenario({
  id: 'redis-loading',
  side: 'server',
  title: 'Redis is still loading its data',
  target: 'redis://four.example.com',
  shows: 'service-starting',
  nearly: ['service-refuses-client', 'server-not-responding'],
  services: {
    server: [
      {
        kind: 'greeting',
        port: 6379,
        text: '',
        replies: [
          '-LOADING Redis is loading the dataset in memory\r\n',
          '-LOADING Redis is loading the dataset in memory\r\n',
        ],
      },
      ssh(),
    ],
  },
  break: [],
  expect: both(failed('service-starting', { side: 'server', stage: 'service', ...likely })),
});
