/** The sentences of one rule of configuration. `message` may hold `{name}` of the finding's params. */
export interface CheckSentences {
  /** What is wrong, in a few words: a heading. */
  readonly title: string;
  /** What was met here. */
  readonly message: string;
  /** What it may lead to. */
  readonly why: string;
  /** What to do. */
  readonly remedy: string;
}
