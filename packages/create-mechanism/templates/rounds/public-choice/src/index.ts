import { definePlugin, type Plugin } from '@mechane/core';
import { successiveVotes } from './successive-votes.ts';

export { successiveVotes };

/** The mechanisms of this package, to be used together. */
export const plugin: Plugin<typeof successiveVotes> = definePlugin({
  name: '__PACKAGE__',
  version: '0.0.0',
  mechanisms: [successiveVotes],
});
