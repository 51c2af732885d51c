import type { Page } from 'playwright-core';

/** Presses Tab until what has this name is reached: by its text, its label or its id. */
export async function tabTo(page: Page, name: string): Promise<void> {
  const isThere = (): Promise<boolean> =>
    page.evaluate((wanted) => {
      const { activeElement } = document;
      return (
        activeElement?.textContent?.trim() === wanted ||
        activeElement?.getAttribute('aria-label') === wanted ||
        document.querySelector(`[id="${wanted}"]`) === activeElement
      );
    }, name);
  for (let presses = 0; presses < 90; presses++) {
    if (await isThere()) return;
    await page.keyboard.press('Tab');
  }
  throw new Error(`the keyboard does not reach “${name}”`);
}

/** Goes to what has this name by the keyboard, and presses a key there. */
export async function pressAt(page: Page, name: string, key = 'Enter'): Promise<void> {
  await tabTo(page, name);
  await page.keyboard.press(key);
}

/** Goes to a field by the keyboard, and types there in the place of what it says. */
export async function typeAt(page: Page, id: string, text: string): Promise<void> {
  await tabTo(page, id);
  await page.keyboard.press('ControlOrMeta+a');
  await page.keyboard.type(text);
}
