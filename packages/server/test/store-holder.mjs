// Opens a store and holds it until it is killed. Runs on what was built.
import { openStore } from '@mechane/server';

const store = await openStore(process.argv[2] ?? '');
await store.make('of another', '{}');
console.log('open');
setInterval(() => {}, 1000);
