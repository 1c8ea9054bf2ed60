import { fact, type Facts } from '../../model/facts.js';

/** What to do about a full queue of connections; where the kernel's own bound made it that short, that too (listen(2)). */
export function queueAdvice(facts: Facts, limit: number): string {
  const look = 'look at that program: it hangs, or has more to do than it can; restarting it empties the queue';
  if (fact(facts, 'device.limits')?.mostWaiting !== limit) return look;
  return `${look}. The kernel lets no more than ${limit} wait for any program: where this one is only busy at times, raise that before you restart it (sudo sysctl -w net.core.somaxconn=${limit * 2}): a program that listens already keeps the bound with which it began`;
}
