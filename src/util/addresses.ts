/** A text with addresses in it, without the names and passwords that stand before an @. */
export function withoutPasswords(text: string): string {
  return text.replace(/:\/\/[^/\s",]*@/g, '://***@');
}

/** One address as people may see it: keys stand in queries too. */
export function withoutSecrets(address: string): string {
  return withoutPasswords(address.replace(/\?.*$/s, ''));
}
