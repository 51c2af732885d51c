import { pays } from './auctions.mjs';

export const subjects = [pays];
