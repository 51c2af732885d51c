/**
 * Does something with each of several things, a few at once, and gives what comes of each in their order. Once nobody takes that any more, nothing
 * more is begun.
 *
 * @param lanes how many are done at once: `act` is told on which, from 0 on
 */
export async function* sideBySide<Item, Result>(
  items: readonly Item[],
  lanes: number,
  act: (item: Item, place: number, lane: number) => Promise<Result>,
): AsyncGenerator<Result, undefined> {
  const idle = Array.from({ length: lanes }, (_, lane) => lane).reverse();
  const waiting: ((lane: number) => void)[] = [];
  const over = new AbortController();
  const take = async (): Promise<number> => idle.pop() ?? new Promise((resolve) => waiting.push(resolve));
  const leave = (lane: number): void => {
    const next = waiting.shift();
    if (next === undefined) idle.push(lane);
    else next(lane);
  };
  const done = items.map(async (item, place) => {
    const lane = await take();
    try {
      over.signal.throwIfAborted();
      return await act(item, place, lane);
    } finally {
      leave(lane);
    }
  });
  for (const each of done) each.catch(() => {});
  try {
    for (const each of done) yield await each;
    return undefined;
  } finally {
    over.abort();
  }
}
