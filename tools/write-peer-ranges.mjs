// node tools/write-peer-ranges.mjs: writes down the peers of every package, as a release takes them. `npm run release` does it.
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { peersOf, recordFile } from './check/peer-ranges.mjs';
import { readRepository } from './check/repository.mjs';
import { root } from './root.mjs';

writeFileSync(join(root, recordFile), `${JSON.stringify(peersOf(readRepository(root).workspaces), null, 2)}\n`);
