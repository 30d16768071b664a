import type { AssessWords } from '../messages/assess.ts';
import type { Report } from '../model/index.ts';
import { platformName } from './platform-name.ts';

/** What there is to say of an image in a line each: name and value. */
export function imageFacts(report: Report, words: AssessWords): readonly (readonly [string, string])[] {
  const { target, config: whole, layers, distro, packages } = report.inventory;
  const config = whole?.config;
  const facts: (readonly [string, string | undefined])[] = [
    [words('target'), target.name],
    [words('digest'), target.digest],
    [words('image.id'), target.configDigest],
    [words('platform'), platformName(target) || undefined],
    [words('distro'), distro && (distro.prettyName ?? [distro.id, distro.versionId].filter(Boolean).join(' '))],
    [words('image.created'), whole?.created],
    [words('image.architecture'), whole && [whole.architecture, whole.variant].filter(Boolean).join('/')],
    [words('image.size'), layers.length > 0 ? bytes(layers.reduce((sum, layer) => sum + layer.size, 0)) : undefined],
    [words('image.layers'), layers.length > 0 ? String(layers.length) : undefined],
    [words('image.packages'), String(packages.length)],
  ];
  if (config) {
    const none = words('image.none');
    facts.push(
      [words('image.user'), config.user || words('image.root')],
      [words('image.workdir'), config.workingDir || '/'],
      [words('image.ports'), config.exposedPorts.join(', ') || none],
      [words('image.entrypoint'), config.entrypoint ? shellWords(config.entrypoint) : none],
      [words('image.cmd'), config.cmd ? shellWords(config.cmd) : none],
      [words('image.volumes'), config.volumes.join(', ') || none],
      [words('image.health'), config.healthcheck ? shellWords(config.healthcheck.test) : none],
    );
  }
  if (report.wasted) facts.push([words('image.wasted'), wastedText(report.wasted, words)]);
  return facts.flatMap(([name, value]) => (value === undefined ? [] : [[name, value] as const]));
}

function wastedText({ bytes: size, files }: NonNullable<Report['wasted']>, words: AssessWords): string {
  return files === 0 ? words('image.wasted.none') : words('image.wasted.text', { bytes: bytes(size), files });
}

/** `1.4 MB`, as disks are sold. */
export function bytes(count: number): string {
  const units = ['B', 'kB', 'MB', 'GB', 'TB'];
  const unit = Math.min(units.length - 1, Math.max(0, Math.floor(Math.log10(Math.max(1, count)) / 3)));
  const value = count / 1000 ** unit;
  return `${unit === 0 || value >= 100 ? Math.round(value) : value.toFixed(1)} ${units[unit]}`;
}

/** Variables with what may be a secret masked: by what was found, and by name where nobody looked or knew the form. */
export function environment(report: Pick<Report, 'secrets' | 'inventory'>): readonly (readonly [name: string, value: string])[] {
  const found = new Map(
    (report.secrets?.findings ?? [])
      .filter(({ location }) => location.where === 'environment')
      .map(({ location, masked }) => [location.path, masked] as const),
  );
  return (report.inventory.config?.config.env ?? []).map((text) => {
    const equals = text.indexOf('=');
    const name = equals < 0 ? text : text.slice(0, equals);
    const value = equals < 0 ? '' : text.slice(equals + 1);
    return [name, found.get(name) ?? (SECRET_NAME.test(name) && !PLAIN.test(value) ? masked(value) : withoutPassword(value))] as const;
  });
}

/** Names that say that their value is nobody's business. */
const SECRET_NAME = /(^|_)(PASS|PASSWD|PASSWORD|PASSPHRASE|PWD|SECRET|TOKEN|CREDENTIALS?|APIKEY|KEY|PRIVATE)(_|$)|SECRET|PASSWORD|TOKEN/i;
/** Values that are none: nothing, switches, paths and keys of packages' signatures (GPG_KEY in official images is a fingerprint). */
const PLAIN = /^$|^(true|false|yes|no|on|off|\d{1,5})$|^\/|^[0-9A-F]{40}$/i;

/** A line of history with the values of variables that are named like secrets masked. */
export function maskedCommand(text: string): string {
  return text.replace(
    /\b(\w*(?:SECRET|PASSWORD|PASSWD|TOKEN|API_?KEY|ACCESS_KEY)\w*)=(?!["']?\$)("[^"]*"|'[^']*'|[^\s"']+)/gi,
    '$1=********',
  );
}

function masked(value: string): string {
  return value.length > 12 ? `${value.slice(0, 4)}${'*'.repeat(8)}` : '*'.repeat(8);
}

/** Of an address, the password in it. */
function withoutPassword(value: string): string {
  return value.replace(/(\b[a-z][a-z0-9+.-]*:\/\/[^\s:/@]*):[^\s/@]+@/gi, '$1:********@');
}

function shellWords(words: readonly string[]): string {
  return JSON.stringify(words);
}
