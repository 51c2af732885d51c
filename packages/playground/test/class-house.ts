import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { dutchAuctions } from '@mechane/auction-dutch';
import { englishAuctions } from '@mechane/auction-english';
import { sealedAuctions } from '@mechane/auction-sealed';
import { pageIn } from '@mechane/cli/page';
import { markets } from '@mechane/market';
import { matchings } from '@mechane/matching';
import { publicChoices } from '@mechane/public-choice';
import { createService, listen, openStore } from '@mechane/server';
import { onTestFinished } from 'vitest';

export const adminToken = 'the token of the one who teaches';

/** A service with all that classes play, which shows the playground at its address, until the test ends. */
export async function openClassHouse(site?: string): Promise<string> {
  const folder = mkdtempSync(join(tmpdir(), 'mechane-class-'));
  const page = site === undefined ? undefined : pageIn(site);
  const store = await openStore(`sqlite:${join(folder, 'class.db')}`);
  const plugins = [sealedAuctions, englishAuctions, dutchAuctions, markets, matchings, publicChoices];
  const service = createService({ plugins, store, adminToken, ...(page === undefined ? {} : { page }) });
  const listening = await listen(service, { port: 0 });
  onTestFinished(async () => {
    await listening.close();
    await store.close();
    rmSync(folder, { recursive: true, force: true });
  });
  return listening.url;
}
