import type { Language } from '../messages/fill.ts';
import { fill } from '../messages/fill.ts';
import type { FindingWords } from '../messages/findings.ts';
import { findingWords } from '../messages/findings.ts';
import { catalogues } from '../messages/index.ts';
import { livenessText, type SecretTexts, secretNote, secretRemedy, secretTexts, secretTitle, withService } from '../messages/secrets.ts';
import type {
  Change,
  CheckFinding,
  CheckText,
  Finding,
  ImportedFinding,
  LayerRef,
  Report,
  SecretFinding,
  SeverityLevel,
  Suppression,
  Update,
} from '../model/index.ts';
import { oneLine } from './one-line.ts';
import { originOf, passesOrigin } from './origin.ts';
import { shown } from './shown.ts';
import type { DisplayFilter, Origin } from './types.ts';

/** A finding of any kind with its sentences in one language: what every detailed format is made of. */
export interface Issue {
  readonly kind: Finding['kind'] | SecretFinding['kind'] | CheckFinding['kind'] | ImportedFinding['kind'];
  /** The same for all findings of one rule: the flaw's id, `secret/<rule>`, the check's id, `imported/<tool>/<rule>`. */
  readonly rule: string;
  readonly severity: SeverityLevel;
  readonly title: string;
  /** What was met here. */
  readonly message: string;
  readonly why: string;
  readonly remedy: string;
  readonly references: readonly string[];
  readonly aliases: readonly string[];
  readonly benchmarks: readonly string[];
  /** Stable across tags and versions; hex, but for what other tools found: theirs. */
  readonly fingerprint: string;
  /** Worst first is not promised: as they were found. At least one. */
  readonly places: readonly IssuePlace[];
  /** It stays in the report and is not counted. */
  readonly suppressed?: Omit<Suppression, 'by'> & { readonly by: Suppression['by'] | 'not-applicable' };
  /** Present where there is a baseline. */
  readonly change?: Change;
  /** Present where the baseline has it otherwise. */
  readonly updated?: readonly Update[];
  /** Whether all its places are in the base image's layers, or some are not; present where the base is known. */
  readonly origin?: Origin;
  /** Of secrets whose service was asked: what it said. */
  readonly live?: string;
  /** Of packages. */
  readonly finding?: Finding;
  readonly secret?: SecretFinding;
  readonly check?: CheckFinding;
  readonly imported?: ImportedFinding;
}

/** Where in an image, or in a file beside it. Lines and columns count from 1, columns in UTF-16 code units. */
export interface IssuePlace {
  /** Without leading slash; undefined for what has no file: a variable, a label, a setting of the image. */
  readonly path?: string;
  /** False: a file of the user's, as the user named it. */
  readonly inImage: boolean;
  readonly line?: number;
  readonly column?: number;
  readonly endLine?: number;
  readonly endColumn?: number;
  readonly snippet?: string;
  readonly layer?: LayerRef;
  /** Of packages: the last layer that changed it, where that is another. */
  readonly modified?: LayerRef;
  readonly dockerfile?: { readonly file: string; readonly line: number };
  /** What it is called where it is no file: `config.User`, `environment DATABASE_URL`, a package. */
  readonly name?: string;
}

/**
 * Everything that a filter lets through: packages first, then secrets, configuration, and what other tools found, each worst first. Severities hold for
 * all kinds; classes and fixes are those of packages.
 */
export async function issues(report: Report, filter: DisplayFilter, language: Language): Promise<readonly Issue[]> {
  const words = findingWords(language);
  const view = shown(report, filter);
  const severity = (level: SeverityLevel): boolean => filter.severities?.includes(level) ?? true;
  const checks = (report.checks?.findings ?? []).filter((each) => severity(each.severity));
  const sentences = checks.length > 0 ? (await import('../messages/checks/index.ts')).checkSentences : () => undefined;
  const lines = new Map(report.dockerfile?.layers.map(({ layer, line }) => [layer, line]));
  const all = [
    ...[...view.findings, ...view.suppressed, ...view.notApplicable].map((finding) => packageIssue(finding, words, language)),
    ...(report.secrets?.findings ?? [])
      .filter((each) => severity(each.severity))
      .map((secret) => secretIssue(secret, words, secretTexts(language))),
    ...checks.map((check) =>
      checkIssue(
        { ...check, params: withService(check.params, secretTexts(language)) },
        check.text ?? sentences(check.id, language) ?? bare(check),
      ),
    ),
    ...(report.imported?.findings ?? []).filter((each) => severity(each.severity)).map(importedIssue),
  ];
  return all.flatMap((issue) => {
    const places = issue.places.map((place) => atDockerfile(place, report.dockerfile?.file, lines));
    const layers = places.map(({ layer }) => layer);
    if (!passesOrigin(layers, report, filter)) return [];
    const origin = originOf(layers, report.base);
    return [{ ...issue, places, ...(origin ? { origin } : {}) }];
  });
}

function standing({
  suppressed,
  change,
  updated,
}: Pick<Finding, 'change' | 'suppressed' | 'updated'>): Pick<Issue, 'suppressed' | 'change' | 'updated'> {
  return { ...(suppressed ? { suppressed } : {}), ...(change ? { change } : {}), ...(updated ? { updated } : {}) };
}

/** The line of the Dockerfile that made the place's layer, where it is known and nothing says it better. */
function atDockerfile(place: IssuePlace, file: string | undefined, lines: ReadonlyMap<number, number>): IssuePlace {
  const line = place.layer && lines.get(place.layer.index);
  return file === undefined || line === undefined || place.dockerfile ? place : { ...place, dockerfile: { file, line } };
}

function packageIssue(finding: Finding, words: FindingWords, language: Language): Issue {
  const { id, kind, severity, verdict } = finding;
  const { name, version } = finding.package;
  const word = catalogues(language).report[`severity.${severity}`];
  const reason = finding.evidence[0]?.rule ?? verdict;
  const params = { id, package: name, version, severity: word, reason };
  const message = words(
    kind !== 'vulnerability' ? `${kind}.message` : verdict === 'affected' ? 'vulnerability.message' : `vulnerability.${verdict}`,
    params,
  );
  return {
    kind,
    rule: id,
    severity,
    title: words(`${kind}.title`, params),
    message,
    why: kind === 'vulnerability' ? aboutVulnerability(finding, words) : words(`${kind}.about`),
    remedy: kind === 'vulnerability' ? fixText(finding, words, language) : words(`${kind}.remedy`),
    references: [...new Set([finding.url, ...finding.advisories.map((each) => each.url)].filter((url) => url !== undefined))],
    aliases: finding.aliases,
    benchmarks: [],
    fingerprint: plain(finding.fingerprint),
    places: finding.locations.map(({ path, layer, modified }) => ({
      path,
      inImage: true,
      name: `${name} ${version}`,
      ...(layer === undefined ? {} : { layer }),
      ...(modified === undefined ? {} : { modified }),
    })),
    ...(verdict === 'not-applicable' ? { suppressed: { by: 'not-applicable' as const, reason } } : standing(finding)),
    finding,
  };
}

function aboutVulnerability({ id, advisories, kev, epss }: Finding, words: FindingWords): string {
  const names = [...new Set(advisories.map((each) => each.id))].join(', ');
  return [
    words('vulnerability.about', { advisories: names || id }),
    ...(kev ? [words('vulnerability.exploited', { date: kev.dateAdded })] : []),
    ...(epss ? [words('vulnerability.likely', { percent: (epss.score * 100).toFixed(1), date: epss.date })] : []),
  ].join(' ');
}

function fixText({ fix, package: of }: Finding, words: FindingWords, language: Language): string {
  if (fix.versions.length > 0)
    return words('fix.update', { package: of.name, versions: new Intl.ListFormat(language, { type: 'disjunction' }).format(fix.versions) });
  return words(`fix.${fix.state}`, { package: of.name });
}

function secretIssue(secret: SecretFinding, words: FindingWords, texts: SecretTexts): Issue {
  const { where, path, line, character, layer } = secret.location;
  const title = secretTitle(secret, texts);
  const message = words(secret.visible ? 'secret.message' : 'secret.hidden', { title, masked: secret.masked });
  const notes = (secret.notes ?? []).map((note) => secretNote(note, texts));
  const live = secret.live && livenessText(secret.live, texts);
  return {
    kind: secret.kind,
    rule: `secret/${secret.id}`,
    severity: secret.severity,
    title,
    message: [message, ...(live === undefined ? [] : [live]), ...notes].join('; '),
    why: words('secret.about'),
    remedy: secretRemedy(secret, texts),
    references: [],
    aliases: [],
    benchmarks: [],
    fingerprint: plain(secret.fingerprint),
    places: [
      {
        ...(where === 'file' ? { path } : { name: fill(texts[`where.${where}`], { path }) }),
        inImage: where !== 'stdin',
        ...(line === undefined ? {} : { line }),
        ...(character === undefined ? {} : { column: character }),
        ...(secret.snippet === undefined ? {} : { snippet: secret.snippet }),
        ...(layer === undefined ? {} : { layer }),
      },
    ],
    ...standing(secret),
    ...(live === undefined ? {} : { live }),
    secret,
  };
}

/** Domains whose findings are about the image and not about a file of the user's. */
const IN_IMAGE: ReadonlySet<CheckFinding['domain']> = new Set(['image', 'file']);

function checkIssue(check: CheckFinding, text: CheckText): Issue {
  const { file, layer: _layer, dockerfile: _dockerfile, ...at } = check.location;
  const inImage = IN_IMAGE.has(check.domain);
  const setting = inImage && /^(config\.|history\[|reference$|created$)/.test(file);
  const { layer, dockerfile } = check.location;
  return {
    kind: check.kind,
    rule: check.id,
    severity: check.severity,
    title: fill(text.title, check.params),
    message: fill(text.message, check.params),
    why: fill(text.why, check.params),
    remedy: fill(text.remedy, check.params),
    references: check.references,
    aliases: check.aliases,
    benchmarks: check.benchmarks,
    fingerprint: plain(check.fingerprint),
    places: [
      {
        ...at,
        ...(setting ? { name: file } : { path: file }),
        ...(setting || check.resource === undefined ? {} : { name: check.resource }),
        inImage,
        ...(check.snippet === undefined ? {} : { snippet: check.snippet }),
        ...(layer === undefined ? {} : { layer }),
        ...(dockerfile === undefined ? {} : { dockerfile }),
      },
    ],
    ...standing(check),
    check,
  };
}

/** Weaknesses, `CWE-79`, of what states any. */
export function cwesOf({ finding, imported }: Issue): readonly string[] {
  return finding?.cwes ?? imported?.cwes ?? [];
}

/** In the words of the tool that made it. A place with a layer is in the image, any other a file of the user's. */
function importedIssue(imported: ImportedFinding): Issue {
  const { kind, tool, id, severity, title, message, help, url, location, logical, snippet, fingerprint } = imported;
  const { file, ...at } = location ?? {};
  const place = { ...(file === undefined ? { name: logical ?? tool } : { path: file }), ...at, inImage: location?.layer !== undefined };
  return {
    kind,
    rule: `imported/${tool}/${id}`,
    severity,
    title: oneLine(title),
    message: oneLine(message),
    why: oneLine(help ?? ''),
    remedy: '',
    references: url === undefined ? [] : [url],
    aliases: [],
    benchmarks: [],
    fingerprint,
    places: [{ ...place, ...(snippet === undefined ? {} : { snippet }) }],
    ...standing(imported),
    imported,
  };
}

/** For a rule without sentences, which a report of another version may have. */
function bare({ id }: CheckFinding): CheckText {
  return { title: id, message: id, why: '', remedy: '' };
}

/** Fingerprints are hex; a digest's algorithm in front of it is no part of it. */
function plain(fingerprint: string): string {
  return fingerprint.slice(fingerprint.indexOf(':') + 1);
}
