import { SEVERITIES, type SecretFinding, type SecretLiveness, type SeverityLevel } from '../../model/index.ts';
import type { FoundSecret } from '../../secrets/types.ts';
import { Asker, type AskerOptions } from '../../secrets/verify/asker.ts';
import { VERIFIERS } from '../../secrets/verify/index.ts';
import { EXIT, PlimsollError } from '../../util/errors.ts';
import type { Http } from '../../util/http/types.ts';
import { HeldTexts } from './held-texts.ts';
import { inOrder } from './settle.ts';

/** How services are asked whether secrets are alive. */
export interface VerifyOptions {
  /** Should not try again by itself. */
  readonly http: Http;
  readonly now: Date;
  /** `service=https://address`, or `service=off`: see SecretsOptions.verifyEndpoints. */
  readonly endpoints?: readonly string[] | undefined;
  readonly signal?: AbortSignal | undefined;
}

/** Holds the text of what is found for this run, and asks about it when the findings stand. */
export class Liveness {
  readonly #texts: HeldTexts;
  readonly #asker: Asker;
  readonly #now: Date;

  /** @throws PlimsollError secrets-verify-endpoint */
  constructor({ endpoints = [], ...options }: VerifyOptions, limits: Pick<AskerOptions, 'limit' | 'timeoutMs'> = {}) {
    this.#asker = new Asker({ ...options, ...limits, verifiers: VERIFIERS, endpoints: endpointsOf(endpoints) });
    this.#now = options.now;
    const asked = VERIFIERS.filter(({ rules }) => rules.some((rule) => this.#asker.canAsk(rule)));
    this.#texts = new HeldTexts(new Set(asked.flatMap(({ rules, beside = [] }) => [...rules, ...beside])));
  }

  /** To be told of each secret as it is found: see ScannerOptions.onSecret. */
  readonly hold = (path: string, rule: string, hash: string, secret: string): void => this.#texts.hold(path, rule, hash, secret);

  /** False where what is kept of a secret is not enough to ask about it. */
  has(secret: Pick<FoundSecret, 'rule' | 'hash'>): boolean {
    return this.#texts.has(secret);
  }

  /**
   * The findings with what their services said. What is suppressed is not asked about. A live secret is one level worse than one of which nothing
   * is known.
   */
  async judge(findings: readonly SecretFinding[]): Promise<{ readonly findings: readonly SecretFinding[]; readonly asked: number }> {
    const open = findings.filter(({ id, suppressed }) => suppressed === undefined && this.#asker.canAsk(id));
    const askable = open.flatMap((finding) => {
      const text = this.#texts.of(finding.hash);
      return text ? [{ finding, rule: finding.id, ...text }] : [];
    });
    const answers = await this.#asker.ask(askable);
    const live = new Map(askable.map(({ finding }, i) => [finding, answers[i]]));
    const unasked: SecretLiveness = { state: 'unknown', code: 'request-limit', checkedAt: this.#now.toISOString() };
    const told = new Map(open.map((finding) => [finding, live.get(finding) ?? unasked]));
    const judged = findings.map((finding) => {
      const said = told.get(finding);
      if (said === undefined) return finding;
      return { ...finding, live: said, ...(said.state === 'live' ? { severity: worse(finding.severity) } : {}) };
    });
    return { findings: judged.sort(inOrder), asked: this.#asker.requests };
  }
}

function worse(severity: SeverityLevel): SeverityLevel {
  return SEVERITIES[Math.max(0, SEVERITIES.indexOf(severity) - 1)] ?? severity;
}

const OFF = 'off';

function endpointsOf(words: readonly string[]): Readonly<Record<string, readonly string[]>> {
  const endpoints: Record<string, string[]> = {};
  for (const word of words) {
    const equals = word.indexOf('=');
    const [service, address] = [word.slice(0, equals).toLowerCase(), word.slice(equals + 1)];
    if (!VERIFIERS.some((each) => each.service === service)) throw refused(word);
    const known = (endpoints[service] ??= []);
    if (address !== OFF) known.push(baseOf(address) ?? refuse(word));
  }
  return endpoints;
}

/** Secrets go over TLS, but for this machine itself. */
function baseOf(address: string): string | undefined {
  const url = URL.canParse(address) ? new URL(address) : undefined;
  if (!url || url.username || url.password || url.search || url.hash) return undefined;
  const here = /^(?:localhost|127\.\d+\.\d+\.\d+|\[::1\])$/.test(url.hostname);
  if (url.protocol !== 'https:' && !(here && url.protocol === 'http:')) return undefined;
  return url.href.replace(/\/+$/, '');
}

function refuse(word: string): never {
  throw refused(word);
}

function refused(word: string): PlimsollError {
  const services = [...new Set(VERIFIERS.map(({ service }) => service))].sort().join(', ');
  return new PlimsollError(
    'secrets-verify-endpoint',
    { where: 'secrets.verify-endpoints', value: word, choices: services },
    { exitCode: EXIT.usage },
  );
}
