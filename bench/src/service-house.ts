// A service in a process of its own, which a benchmark loads: its store and the token of its admin are its arguments.
import { englishAuctions } from '@mechane/auction-english';
import { createService, listen, openStore } from '@mechane/server';

const [, , name = '', adminToken = ''] = process.argv;
const most = 1_000_000;
const limits = { requestsFromHere: most, requestsPerToken: most };
const store = await openStore(name);
const service = createService({ plugins: [englishAuctions], store, adminToken, limits });
const { url, close } = await listen(service, { port: 0 });
process.send?.(url);
// Whoever asks is told how much memory it has.
process.on('message', () => process.send?.(process.memoryUsage().rss));
process.once('disconnect', async () => {
  await close();
  await store.close();
});
