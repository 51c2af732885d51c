/** The version of the kit that reports name. */
export const kitVersion: string = '0.0.0';
