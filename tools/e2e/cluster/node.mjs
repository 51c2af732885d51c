// One node of a cluster, in a process of its own: node.mjs DATABASE ENGINE-FOLDER ADMIN-TOKEN. Runs on what was built.
import { englishAuctions } from '@mechane/auction-english';
import { joinCluster } from '@mechane/cluster';
import { listen } from '@mechane/server';

const [, , database = '', from = '', adminToken = ''] = process.argv;
const node = await joinCluster({
  plugins: [englishAuctions],
  database,
  from,
  adminToken,
  onError: (error) => process.env.E2E_LOG && console.error(process.pid, error),
});
const { url } = await listen(node.service, { port: 0 });
console.log(url);
process.on('SIGTERM', async () => {
  await node.close();
  process.exit(0);
});
