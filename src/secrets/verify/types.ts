/** A request that asks a service whether it still takes a secret. It changes nothing there. */
export interface Question {
  /** Behind the address of the service: `/user`. */
  readonly path: string;
  readonly method?: 'GET' | 'POST';
  /** Names in lower case. */
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
}

/** What the service said, cut to a size that answers of this kind keep to. */
export interface Answer {
  readonly status: number;
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string>>;
  readonly text: string;
  /** The body, where it is JSON. */
  readonly json: unknown;
}

/** What stands beside a secret in its file, by rule: the one that is nearest. */
export type Beside = Readonly<Record<string, string | undefined>>;

/** What is signed depends on where and when it is asked. */
export interface Asking {
  readonly base: string;
  readonly now: Date;
}

/** How one service is asked about one form of its secrets. Pure: sending and patience are the asker's. */
export interface Verifier {
  /** The service by the name that settings give it: `github`. */
  readonly service: string;
  /** Rules whose secrets it knows how to ask about. */
  readonly rules: readonly string[];
  /** Addresses of the service: each is asked until one takes the secret. `https://` and no slash at the end. */
  readonly bases: readonly string[];
  /** Rules whose secrets of the same file are needed too. */
  readonly beside?: readonly string[];
  /** Undefined where something is missing that the question needs. */
  readonly ask: (secret: string, beside: Beside, asking: Asking) => Question | undefined;
  /** The secret is good: the answer has what only the service itself says then. */
  readonly live: (answer: Answer) => boolean;
  /** The secret is good but may not do this: the answer says so in words of the service. */
  readonly limited?: (answer: Answer) => boolean;
  /** The service says that it does not take the secret, and no right or place that is missing can be why. */
  readonly dead: (answer: Answer) => boolean;
  /** The vendor's page of the request. */
  readonly reference: string;
}
