import { pays } from './auctions.mjs';

const { mechanism } = pays;
const withFunction = (outcome) => ({ ...outcome, explain: () => 'who bids most wins' });

export const subjects = [
  { ...pays, mechanism: { ...mechanism, decide: (...given) => withFunction(mechanism.decide(...given)) } },
];
