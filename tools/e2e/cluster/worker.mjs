// A worker in a process of its own, whose pieces take a while, one at a time: DATABASE ENGINE-FOLDER MILLISECONDS
import { joinWorkers } from '@mechane/cluster';
import { pause } from './nodes.mjs';

const [database = '', from = '', milliseconds = ''] = process.argv.slice(2);
let last = Promise.resolve();
await joinWorkers({
  database,
  from,
  async work(task) {
    last = last.then(() => pause(Number(milliseconds)));
    await last;
    return `done ${task}`;
  },
});
console.log('ready');
