/** The kinds of mechanisms: one round of reports, or a conversation in rounds. */
export const kinds = ['direct', 'rounds'] as const;
export type Kind = (typeof kinds)[number];

/** The domains of the conformance kit for which there is a template. */
export const domains = [
  'single-item',
  'multi-unit',
  'double-auction',
  'public-choice',
  'housing',
  'single-peaked',
  'xor-bids',
] as const;
export type Domain = (typeof domains)[number];

export const licences = ['MIT', 'Apache-2.0', 'ISC', 'UNLICENSED'] as const;
export type Licence = (typeof licences)[number];

/** What is written: everything that was asked. */
export interface Choices {
  /** The package's name on npm, with its scope if it has one. */
  readonly name: string;
  readonly kind: Kind;
  readonly domain: Domain;
  readonly licence: Licence;
}

/** What `--yes` answers to every question that no flag answers. */
export const defaults: Choices = { name: 'my-auction', kind: 'direct', domain: 'single-item', licence: 'MIT' };

/** The mechanism that each template is, until it is given a name. */
export const mechanisms: Readonly<Record<Kind, Readonly<Record<Domain, string>>>> = {
  direct: {
    'single-item': 'second-price',
    'multi-unit': 'vickrey',
    'double-auction': 'trade-reduction',
    'public-choice': 'clarke-pivot',
    housing: 'top-trading-cycles',
    'single-peaked': 'median',
    'xor-bids': 'vcg',
  },
  rounds: {
    'single-item': 'ascending-clock',
    'multi-unit': 'posted-price',
    'double-auction': 'posted-price',
    'public-choice': 'successive-votes',
    housing: 'serial-dictatorship',
    'single-peaked': 'moving-point',
    'xor-bids': 'posted-prices',
  },
};

/** What each choice means, where questions and help name it. */
export const meanings: Readonly<Record<Kind | Domain | Licence, string>> = {
  direct: 'everybody reports once, the mechanism decides',
  rounds: 'the mechanism asks in rounds',
  'single-item': 'one item',
  'multi-unit': 'several identical units',
  'double-auction': 'buyers and sellers of one thing',
  'public-choice': 'one choice that all live with',
  housing: 'an item for everyone, no money',
  'single-peaked': 'a place on a line',
  'xor-bids': 'packages of goods',
  MIT: 'permissive',
  'Apache-2.0': 'permissive, with a grant of patents',
  ISC: 'permissive, the shortest',
  UNLICENSED: 'nobody else may use it',
};
