// One node of a cluster, in a process of its own: node.mjs DATABASE ENGINE-FOLDER ADMIN-TOKEN HOST [MUTANT]. Runs on what was built.
import { englishAuctions } from '@mechane/auction-english';
import { joinCluster } from '@mechane/cluster';
import { listen, openStore } from '@mechane/server';
import { mutants } from './mutants.mjs';

const [, , database = '', from = '', adminToken = '', host = '', mutant = ''] = process.argv;
const wrong = mutants[mutant];
const node = await joinCluster({
  plugins: [englishAuctions],
  database,
  from,
  adminToken,
  address: { host },
  limits: { requestsPerAddress: 5_000 },
  ...(wrong ? wrong(await openStore(database)) : {}),
  onError: (error) => process.env.MECHANE_E2E_LOG && console.error(process.pid, error),
});
const { url } = await listen(node.service, { host, port: 0 });
console.log(url);
process.once('SIGTERM', async () => {
  await node.close();
  process.exit(0);
});
