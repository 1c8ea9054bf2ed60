import { scenario } from '../../scenario.js';
import { strictListener } from '../../world/strict-listener.js';

export default scenario({
  id: 'listener-md5',
  side: 'device',
  title:
    'A program of this computer takes only what is signed (TCP-MD5): whatever else comes is thrown away without a word',
  ...strictListener('md5', /MD5.* python3/),
});
