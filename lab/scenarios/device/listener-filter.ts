import { scenario } from '../../scenario.js';
import { strictListener } from '../../world/strict-listener.js';

export default scenario({
  id: 'listener-filter',
  side: 'device',
  title: 'A program of this computer throws away whatever comes to its port, by a filter of its socket',
  ...strictListener('filter', /filter.* python3/),
});
