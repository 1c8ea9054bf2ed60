import { cycle } from '../cycle.js';
import { narrowWay } from '../narrow-way.js';

export default cycle({
  ...narrowWay,
  id: 'mss-clamp',
  title:
    'The way back carries 1420 bytes in silence, and this computer passes packets on for others: segments are bounded for all',
  commands:
    /nft 'add rule inet whoblocked_mss_[a-z2-7]{8} way_out .*oifname "?eth0"? tcp flags & \(syn \| rst\) == syn tcp option maxseg size set 13[78]\d/,
});
