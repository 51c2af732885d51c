/**
 * Characters that nobody would see, that look like a blank, that a terminal would obey instead of show, or that turn the direction of writing: what
 * Unicode calls control, format, private and default ignorable characters, separators but the plain space, and those that have a blank for a picture.
 * Surrogates without a partner, too.
 */
export const invisible: RegExp =
  /[\p{Cc}\p{Cf}\p{Cs}\p{Co}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}\u2800\u{13441}\u{13442}\u{16fe4}\u{1d159}]|(?! )\p{Zs}/gu;
