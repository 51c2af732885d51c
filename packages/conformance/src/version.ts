/**
 * The version of the kit that reports name.
 *
 * @category Reports
 */
export const kitVersion: string = '0.0.0';
