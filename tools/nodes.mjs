/** The versions of Node on which everything is run: the oldest that packages admit, and every even one since. */
export const supportedNodes = ['20.19', '22', '24', '26'];
