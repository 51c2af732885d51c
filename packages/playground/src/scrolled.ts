/** What scrolls has to be reached by the keyboard (WCAG 2.2, 2.1.1), though nothing else is done there. */
export const scrolled: { readonly tabIndex: 0 } = { tabIndex: 0 };
