import { describe, expect, test } from 'vitest';
import { priceClock } from '../src/index.ts';
import { textWidth } from '../src/text-width.ts';

const limits = { ann: 10, bob: 15, eve: 12, dan: 14.5, fay: 6 };
const rounds = { ann: 2, eve: 3, dan: 12, fay: 1 };

describe.each([320, 640])('a clock drawn %s pixels wide', (width) => {
  test.each(['up', 'down'] as const)(
    'that goes %s says beside each mark when a bidder leaves, clear of bars and within the paper',
    (direction) => {
      const agents = Object.keys(limits);
      const { marks } = priceClock(
        { startingPrice: direction === 'up' ? 5 : 20, agents, limits, rounds, winner: 'bob', price: 14.5, direction },
        { width },
      );
      const bars = marks.filter((mark) => mark.shape === 'rect');
      const said = marks.filter((mark) => mark.shape === 'text' && mark.text.includes(', round'));
      expect(bars).toHaveLength(5);
      expect(said).toHaveLength(4);
      for (const mark of said) {
        if (mark.shape !== 'text') continue;
        const [x, y] = mark.at;
        const wide = textWidth(mark.text, 12);
        const [from, to] = mark.anchor === 'end' ? [x - wide, x] : [x, x + wide];
        expect(from).toBeGreaterThanOrEqual(0);
        expect(to).toBeLessThanOrEqual(width);
        for (const bar of bars) {
          if (bar.shape !== 'rect') continue;
          const [left, top] = bar.at;
          const apart = from > left + bar.width || to < left || y + 3 < top || y - 9 > top + bar.height;
          expect(apart, `${mark.text} and the bar of ${bar.key}`).toBe(true);
        }
      }
    },
  );
});
