import { cycle } from '../cycle.js';

export default cycle({
  id: 'leftover-iptables',
  title: 'A rule in a chain of shorewall, which is not installed any more, with a comment in quotes',
  remedy: 'remove-leftover-rule',
  needs: ['iptables-nft'],
  arguments: ['--only', 'remove-leftover-rule', '--allow-wider'],
  commands: /iptables -D smurfs 2/,
  async breaks(device) {
    for (const line of ['-N smurfs', '-N shorewall', '-A OUTPUT -o eth0 -j smurfs', '-A smurfs -p udp -j ACCEPT'])
      await device.must(`iptables ${line}`);
    await device.words(
      'iptables',
      '-A',
      'smurfs',
      '-p',
      'tcp',
      '-m',
      'multiport',
      '--dports',
      '80,443',
      '-m',
      'comment',
      '--comment',
      'no "web" here',
      '-j',
      'REJECT', // prettier-ignore
    );
    await device.must('iptables -A smurfs -p icmp -j ACCEPT');
  },
});
