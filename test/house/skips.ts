/** One test that did not run. */
export interface Skip {
  /** From the repository's root. */
  readonly file: string;
  /** Names of its suites and its own, joined with ` > `. */
  readonly name: string;
  /** What the test gave to `skip(reason)`. */
  readonly note?: string;
}

/** One line of allowed-skips.txt. */
export interface AllowedSkip {
  /** Text that the reason contains. */
  readonly reason: string;
  readonly why: string;
}

/** Lines `reason | why it may be so`; `#` begins a comment. Throws on a line of another form. */
export function readAllowedSkips(text: string): AllowedSkip[] {
  return text.split('\n').flatMap((line, i) => {
    if (line.trim() === '' || line.startsWith('#')) return [];
    const [reason, why, ...rest] = line.split('|').map((part) => part.trim());
    if (!reason || !why || rest.length > 0) throw new Error(`allowed-skips.txt:${i + 1}: not of the form "reason | why"`);
    return [{ reason, why }];
  });
}

/** Why a test says it was skipped: its note, else what follows `needs` in its name; undefined where it says nothing. */
export function reasonOf(skip: Skip): string | undefined {
  return skip.note ?? /\bneeds [^>]*/.exec(skip.name)?.[0].replace(/[)\s]+$/, '');
}

/** The skips that no line allows: without a reason, or with one that is not listed. */
export function refusedSkips(skips: readonly Skip[], allowed: readonly AllowedSkip[]): Skip[] {
  return skips.filter((skip) => {
    const reason = reasonOf(skip);
    return reason === undefined || !allowed.some((line) => reason.includes(line.reason));
  });
}
