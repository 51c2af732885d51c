// A thread that ends a process which keeps silent: whoever waits for its answer cannot look at the clock meanwhile.
import { workerData } from 'node:worker_threads';
import { type SilenceWatch, states } from './silence.ts';

const { cells, group, patience } = workerData as SilenceWatch;
const glances = 20;

let asked = 0;
let since = performance.now();
while (Atomics.load(cells, states.watching) === 1) {
  const now = performance.now();
  const question = Atomics.load(cells, states.question);
  if (question === 0 || question !== asked) {
    asked = question;
    since = now;
  } else if (now - since > (question === 1 ? patience.first : patience.others)) {
    Atomics.store(cells, states.silent, 1);
    try {
      process.kill(-group, 'SIGKILL');
    } catch {
      // It has ended in this moment.
    }
    break;
  }
  Atomics.wait(cells, states.watching, 1, Math.min(patience.first, patience.others) / glances);
}
