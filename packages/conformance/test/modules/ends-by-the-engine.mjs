import { hangs } from './auctions.mjs';

export const subjects = [hangs];
