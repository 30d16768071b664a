/**
 * A toolchain version as the semantic version the Go vulnerability database uses for `stdlib` and `toolchain`:
 * `go1.22rc1` is `1.22.0-rc.1`, `go1.22.1-bigcorp` is `1.22.1`. Undefined where the text is none (module versions are not).
 */
export function toolchainVersion(text: string): string | undefined {
  const found = TOOLCHAIN.exec(text);
  if (!found) return undefined;
  const [, prefix, major, minor = '0', patch = '0', kind, number] = found;
  if (!prefix && !kind) return undefined;
  return kind ? `${major}.${minor}.${patch}-${kind}.${number}` : `${major}.${minor}.${patch}`;
}

/**
 * `goV` or `goV-suffix`; V is `1.N`, `1.N.P`, `1.NrcR`, `1.NbetaR`. What follows a hyphen or a blank (`X:boringcrypto`,
 * a vendor's mark) does not order; so does the `b7` of the BoringCrypto releases (go.dev/doc/toolchain; misc/boring of Go 1.4-1.18).
 */
const TOOLCHAIN = /^(go)?(\d{1,9})(?:\.(\d{1,9}))?(?:\.(\d{1,9}))?(?:(beta|rc|alpha)(\d{1,9}))?(?:b\d{1,9})?(?:[- +].{0,100})?$/;
