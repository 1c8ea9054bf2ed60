import { setClockWrong, wrongClock } from '../clocks.js';
import { cycle } from '../cycle.js';

export default cycle({
  id: 'clock-of-chrony',
  title: 'The clock is 400 days fast, and chrony (chronyc is a fake) sets it slowly',
  remedy: 'set-clock',
  target: 'https://four.example.com/',
  needs: ['faketime'],
  references: true,
  environment: wrongClock,
  commands: /chronyc makestep/,
  async breaks(device) {
    setClockWrong(device, 'chronyc');
    await Promise.resolve();
  },
  works: async (device) => (await device.must('cat /run/fake-clock')).trim() === '+0',
});
