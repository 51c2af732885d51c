import { describe, expect, test } from 'vitest';
import { palette, sealedAuction, toCsv, toHtml, toSvg } from '../src/index.ts';
import { drawn } from './drawn.ts';

const hostile = '<b>&"\'\ud800\u0000</b>';
const auction = { bids: { ann: 10, bob: 15 }, payments: { ann: 0, bob: 10 }, winner: 'bob', price: 10 };
const named = { bids: { [hostile]: 3, 'a,b': 2 }, payments: { [hostile]: 2 }, winner: hostile, price: 2 };

describe('SVG', () => {
  test('names the picture and describes it to those who listen', () => {
    const svg = drawn(sealedAuction(auction));
    const [title = '', description = ''] = svg.getAttribute('aria-labelledby')?.split(' ') ?? [];
    expect(svg.getAttribute('role')).toBe('img');
    expect(svg.querySelector(`#${title}`)?.textContent).toBe('bob wins and pays 10');
    expect(svg.querySelector(`#${description}`)?.textContent).toContain('ann bids 10');
  });

  test('shows names as they are, whatever they hold', () => {
    const text = toSvg(sealedAuction(named));
    expect(text).not.toContain('<b>');
    expect(text).toContain('&lt;b&gt;&amp;&quot;&#39;??&lt;/b&gt;');
  });

  test('follows the reader from light to dark paper, or stays as it is told', () => {
    const figure = sealedAuction(auction);
    expect(toSvg(figure)).toContain('prefers-color-scheme:dark');
    expect(toSvg(figure, { theme: 'dark' })).toContain(palette.paper[1]);
    expect(toSvg(figure, { theme: 'light' })).not.toContain('<style>');
    expect(toSvg(figure, { theme: 'page' })).not.toContain('<style>');
  });

  test('is the same for the same figure', () => {
    expect(toSvg(sealedAuction(auction))).toBe(toSvg(sealedAuction(auction)));
  });

  test.each([300, 640, 1000])('keeps within %i pixels', (width) => {
    const figure = sealedAuction(auction, { width });
    expect(figure.width).toBe(width);
    for (const mark of figure.marks) {
      const xs = mark.shape === 'line' || mark.shape === 'curve' ? mark.points.map(([x]) => x) : [mark.at[0]];
      for (const x of xs) expect(x).toBeGreaterThanOrEqual(0);
      for (const x of xs) expect(x).toBeLessThanOrEqual(width);
    }
  });
});

test('CSV quotes what has commas and quotes', () => {
  const lines = toCsv(sealedAuction(named)).split('\r\n');
  expect(lines[0]).toBe('agent,bid,pays,wins');
  expect(lines[1]).toMatch(/^"<b>&""'/);
  expect(lines[2]).toBe('"a,b",2,0,no');
});

test('HTML stands alone: no script, nothing from elsewhere, the numbers below the picture', () => {
  const page = toHtml([sealedAuction(auction), sealedAuction(named)]);
  expect(page).not.toMatch(/<script|<link|url\(|https?:(?!\/\/www\.w3\.org\/2000\/svg)/);
  expect(page.match(/<svg/g)).toHaveLength(2);
  expect(page).toContain('<th>bid</th>');
});

/** Relative luminance and contrast as WCAG 2.2 defines them. */
function contrast(one: string, other: string): number {
  const luminance = (colour: string): number => {
    const [red = 0, green = 0, blue = 0] = [1, 3, 5]
      .map((from) => Number.parseInt(colour.slice(from, from + 2), 16) / 255)
      .map((channel) => (channel <= 0.04045 ? channel / 12.92 : ((channel + 0.055) / 1.055) ** 2.4));
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
  };
  const [low, high] = [luminance(one), luminance(other)].sort((a, b) => a - b) as [number, number];
  return (high + 0.05) / (low + 0.05);
}

test.each(['ink', 'faint', 'win', 'price', 'good', 'bad', 'plum', 'gold'] as const)(
  'letters in the colour %s can be read on both papers (WCAG 2.2, 1.4.3)',
  (role) => {
    for (const side of [0, 1] as const) {
      expect(contrast(palette[role][side], palette.paper[side])).toBeGreaterThanOrEqual(4.5);
    }
  },
);
