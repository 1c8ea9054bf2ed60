import { cycle } from '../cycle.js';

export default cycle({
  id: 'until-over',
  title: 'An exception until a moment is gone when that has come, without anybody',
  remedy: 'allow-in-firewall',
  arguments: ['--until', '4s'],
  breaks: (device) =>
    device.nft('table inet filter { chain output { type filter hook output priority 0; tcp dport 80 reject; }; }\n'),
});
