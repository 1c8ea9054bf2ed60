import { unifiedGroups } from '../../world/bpf.js';
import { cycle } from '../cycle.js';
import { ownGroup } from '../own-group.js';

export default cycle({
  id: 'app-cgroup-nft',
  title: 'A rule of nft forbids web pages to one control group: an exception for the one server, above it',
  remedy: 'allow-in-firewall',
  commands: /insert rule inet filter output handle \d+ ip daddr 198\.51\.100\.10 tcp dport 80 accept/,
  needs: ['own-group'],
  // nft looks for groups there and nowhere else (src/datatype.c, cgroupv2_type_parse).
  mends: async (device) => {
    await device.run(['umount', '/sys/fs/cgroup']);
  },
  async breaks(device) {
    const groups = unifiedGroups();
    if (groups === null) throw new Error('there is no unified hierarchy of control groups here');
    if (groups !== '/sys/fs/cgroup') await device.must(`mount --bind ${groups} /sys/fs/cgroup`);
    const group = ownGroup();
    const level = group.split('/').length;
    await device.nft(`table inet filter {
  chain output {
    type filter hook output priority 0; policy accept;
    socket cgroupv2 level ${level} "${group}" tcp dport 80 reject
  }
}
`);
  },
});
