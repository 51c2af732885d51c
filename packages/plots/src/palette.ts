/**
 * What a colour stands for. Colours are never alone: a dash, a shape or a word says the same.
 *
 * @category Files
 */
export type Role =
  | 'ink'
  | 'faint'
  | 'grid'
  | 'soft'
  | 'paper'
  | 'win'
  | 'price'
  | 'good'
  | 'bad'
  | 'plum'
  | 'gold'
  | 'none';

/**
 * The colours of each role on light and on dark paper, after Okabe and Ito (2008): they stay apart for the colour-blind, and are dark or light
 * enough for text to be read.
 *
 * @category Files
 */
export const palette: Readonly<Record<Exclude<Role, 'none'>, readonly [light: string, dark: string]>> = {
  ink: ['#1b1f24', '#e8eaed'],
  faint: ['#57606a', '#a3adb8'],
  grid: ['#dfe3e8', '#30363f'],
  soft: ['#eaeef2', '#262c34'],
  paper: ['#ffffff', '#14171c'],
  win: ['#0069a6', '#56b4e9'],
  price: ['#b84a00', '#ff9457'],
  good: ['#00735a', '#2fc79a'],
  bad: ['#a8324a', '#ff8095'],
  plum: ['#8e3a72', '#e59ac5'],
  gold: ['#8a6100', '#f0b429'],
};

/** Roles for things that are several of a kind, with the dash that tells their lines apart in grey. */
export const series: readonly { readonly role: Role; readonly dash: string; readonly symbol: SeriesSymbol }[] = [
  { role: 'win', dash: '', symbol: 'circle' },
  { role: 'price', dash: '7 3', symbol: 'square' },
  { role: 'good', dash: '2 3', symbol: 'diamond' },
  { role: 'plum', dash: '9 3 2 3', symbol: 'triangle' },
  { role: 'gold', dash: '4 2', symbol: 'circle' },
  { role: 'faint', dash: '1 2', symbol: 'square' },
];

type SeriesSymbol = 'circle' | 'square' | 'diamond' | 'triangle';

/** The look of the nth of several. */
export function seriesAt(place: number): (typeof series)[number] {
  return series[place % series.length] as (typeof series)[number];
}

const roles = Object.keys(palette) as (keyof typeof palette)[];

/** The rules that give every role its colour on one paper. */
export function colourRules(paper: 'light' | 'dark', selector = '.mechane-plot'): string {
  const side = paper === 'light' ? 0 : 1;
  return roles
    .map((role) => {
      const colour = palette[role][side];
      return `${selector} .f-${role}{fill:${colour}}${selector} .s-${role}{stroke:${colour}}`;
    })
    .join('');
}

/**
 * A style sheet for pages that hold figures drawn with the theme `page`: light paper, and dark paper where the page says `class="dark"` or
 * `data-theme="dark"` above them.
 *
 * @category Files
 */
export const pageStyle: string =
  '.mechane-plot{max-width:100%;height:auto;font-family:system-ui,sans-serif}' +
  colourRules('light') +
  colourRules('dark', ':is(.dark,[data-theme=dark]) .mechane-plot');
