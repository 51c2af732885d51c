import { hangs, pays } from './auctions.mjs';

// Nobody in the thread ends it, as in an engine that cannot.
export const subjects = [pays, { ...hangs, elsewhere: { patience: 1e9, computed: () => 0, replay: () => '' } }];
