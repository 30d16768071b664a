/**
 * The next page of a list, by its `Link` header: below the same path, so that a link to anywhere else is not followed. Source: OCI
 * distribution specification 1.1, "Listing Tags", "Listing Referrers"; RFC 5988.
 */
export function nextPage(link: string | undefined, path: string): string | undefined {
  const target = /<([^>]*)>\s*;\s*rel="?next"?/.exec(link ?? '')?.[1];
  if (target === undefined || !URL.canParse(target, `https://registry.invalid${path}`)) return undefined;
  const { pathname, search } = new URL(target, `https://registry.invalid${path}`);
  return pathname === path ? pathname + search : undefined;
}
