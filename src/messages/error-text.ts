/** The sentences of an error: what happened and where, and what to do next. Both may have `{params}`. */
export interface ErrorText {
  readonly what: string;
  readonly next: string;
}
