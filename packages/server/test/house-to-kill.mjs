// A service that is killed by a test. Runs on what was built.
import { englishAuctions } from '@mechane/auction-english';
import { sealedAuctions } from '@mechane/auction-sealed';
import { createService, listen, openStore } from '@mechane/server';

const [, , name = '', port = '0', adminToken = ''] = process.argv;
const store = await openStore(name);
const service = createService({ plugins: [sealedAuctions, englishAuctions], store, adminToken });
const { url } = await listen(service, { port: Number(port) });
console.log(url);
