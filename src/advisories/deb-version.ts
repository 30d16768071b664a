/**
 * A version as Debian and Ubuntu have them, and no word that stands where one should (`soon`, `1.2-3 in proposed`).
 * Source: Debian Policy, 5.6.12.
 */
export function isDebVersion(text: string): boolean {
  return text.length <= 256 && /^(\d+:)?\d[A-Za-z0-9.+~-]*$/.test(text);
}
