/**
 * `1.2` and `1.2.0.0` as `1.2.0`, with whatever follows. To Composer these are one version, to PHP they are several, so that their order
 * is undecided; packages are mostly installed by three numbers, so bounds are written with three.
 */
export function inThreeParts(version: string): string {
  const [, numbers, rest = ''] = /^v?(\d+(?:\.\d+)*)(.*)$/i.exec(version) ?? [];
  if (numbers === undefined || version === '0') return version;
  const parts = numbers.split('.');
  while (parts.length < 3) parts.push('0');
  while (parts.length > 3 && /^0+$/.test(parts.at(-1) ?? '')) parts.pop();
  return `${parts.join('.')}${rest}`;
}
