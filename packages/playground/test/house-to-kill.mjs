// A service that a test kills, with the page: node house-to-kill.mjs SITE STORE PORT ADMIN_TOKEN. Runs on what was built.
import { combinatorialAuctions } from '@mechane/auction-combinatorial';
import { englishAuctions } from '@mechane/auction-english';
import { pageIn } from '@mechane/cli/page';
import { markets } from '@mechane/market';
import { matchings } from '@mechane/matching';
import { createService, listen, openStore } from '@mechane/server';

const [, , site = '', name = '', port = '0', adminToken = ''] = process.argv;
const store = await openStore(name);
const service = createService({
  plugins: [combinatorialAuctions, englishAuctions, markets, matchings],
  store,
  adminToken,
  page: pageIn(site),
});
const { url } = await listen(service, { port: Number(port) });
console.log(url);
