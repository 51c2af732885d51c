import { deflateRawSync } from 'node:zlib';
import type { Locator, Page } from 'playwright-core';

/** What ten bidders say, as an address of the playground holds it. */
export function tenBidders(mechanism: string): string {
  const reports = Object.fromEntries(
    Array.from({ length: 10 }, (_, place) => [`bidder${place}`, reportOf(mechanism, 20 + 7 * place, place)]),
  );
  const settings = mechanism === 'auction-english/clock' ? { startingPrice: 0 } : {};
  return deflateRawSync(JSON.stringify({ settings, reports })).toString('base64url');
}

function reportOf(mechanism: string, worth: number, place: number): object {
  if (mechanism === 'auction-english/clock') return { value: worth };
  if (mechanism === 'market/call') return { price: worth, side: place % 2 === 0 ? 'buy' : 'sell' };
  return { bid: worth };
}

/** Types digits into a field, and gives for each the milliseconds from the key to the frame that follows the change of the picture. */
export async function drawnAfter(page: Page, field: Locator, strokes: number): Promise<number[]> {
  const times: number[] = [];
  for (let stroke = 0; stroke < strokes; stroke++) {
    await field.press('Control+A');
    await page.waitForTimeout(60);
    const watching = await field.evaluateHandle(watch);
    await field.press(String(1 + (stroke % 9)));
    times.push(await watching.evaluate(({ drawn }) => drawn));
  }
  return times;
}

/** In the page: waits for the next input, and then for the picture to change and to be shown. */
function watch(input: Element): { readonly drawn: Promise<number> } {
  const drawn = new Promise<number>((resolve) => {
    let typed = Number.NaN;
    const seen = new MutationObserver(() => {
      if (Number.isNaN(typed)) return;
      seen.disconnect();
      requestAnimationFrame(() => setTimeout(() => resolve(performance.now() - typed)));
    });
    const picture = document.querySelector('[aria-label="What comes of it"]') as Element;
    seen.observe(picture, { childList: true, subtree: true, characterData: true });
    input.addEventListener(
      'input',
      ({ timeStamp }) => {
        typed = timeStamp;
      },
      { once: true, capture: true },
    );
  });
  return { drawn };
}
