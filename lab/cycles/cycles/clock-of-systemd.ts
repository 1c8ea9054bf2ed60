import { setClockWrong, wrongClock } from '../clocks.js';
import { cycle } from '../cycle.js';

export default cycle({
  id: 'clock-of-systemd',
  title: 'The clock is 400 days fast, and systemd (timedatectl is a fake) may set it from the network and does not',
  remedy: 'set-clock',
  target: 'https://four.example.com/',
  needs: ['faketime'],
  references: true,
  environment: wrongClock,
  commands: /timedatectl set-ntp true/,
  async breaks(device) {
    setClockWrong(device, 'timedatectl');
    await Promise.resolve();
  },
  works: async (device) => (await device.must('cat /run/fake-ntp')).trim() === 'yes',
});
