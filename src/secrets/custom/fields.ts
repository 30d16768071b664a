import { PlimsollError } from '../../util/errors.ts';
import { isObject } from '../../util/fields.ts';
import type { SecretRule } from '../types.ts';
import { PatternError, re2, translateRe2 } from './re2.ts';
import { OPEN_LENGTH } from './types.ts';

export type Fields = Readonly<Record<string, unknown>>;

/** Reads members of a document that users wrote; every error says where. */
export class FieldReader {
  readonly where: string;
  readonly #fields: Fields;

  constructor(value: unknown, where: string) {
    if (!isObject(value)) throw new PlimsollError('secrets-rules-invalid', { where, detail: 'this is no mapping' });
    this.#fields = value;
    this.where = where;
  }

  /** Refuses members that nobody reads: a misspelt one would be silently without effect. */
  only(names: readonly string[]): this {
    const unknown = Object.keys(this.#fields).find((name) => !names.includes(name));
    if (unknown !== undefined) throw this.#invalid(`'${unknown}' is not known here; known are ${names.join(', ')}`);
    return this;
  }

  text(name: string): string | undefined {
    const value = this.#fields[name];
    if (value === undefined || value === null) return undefined;
    if (typeof value !== 'string') throw this.#invalid(`'${name}' is no text`);
    return value;
  }

  /** A text that has to be there. */
  needed(name: string): string {
    const value = this.text(name);
    if (value === undefined || value === '') throw this.#invalid(`'${name}' is missing`);
    return value;
  }

  number(name: string): number | undefined {
    const value = this.#fields[name];
    if (value === undefined || value === null) return undefined;
    if (typeof value !== 'number' || !Number.isFinite(value) || value < 0) throw this.#invalid(`'${name}' is no number`);
    return value;
  }

  flag(name: string): boolean | undefined {
    const value = this.#fields[name];
    if (value === undefined || value === null) return undefined;
    if (typeof value !== 'boolean') throw this.#invalid(`'${name}' is neither true nor false`);
    return value;
  }

  texts(name: string): readonly string[] | undefined {
    const value = this.#fields[name];
    if (value === undefined || value === null) return undefined;
    if (!Array.isArray(value) || value.some((one) => typeof one !== 'string')) throw this.#invalid(`'${name}' is no list of texts`);
    return value as string[];
  }

  one<T extends string>(name: string, known: readonly T[]): T | undefined {
    const value = this.text(name);
    if (value === undefined) return undefined;
    const found = known.find((one) => one === value);
    if (found === undefined) throw this.#invalid(`'${name}' is not one of ${known.join(', ')}`);
    return found;
  }

  child(name: string): FieldReader | undefined {
    const value = this.#fields[name];
    return value === undefined || value === null ? undefined : new FieldReader(value, `${this.where}: ${name}`);
  }

  children(name: string): readonly FieldReader[] {
    const value = this.#fields[name];
    if (value === undefined || value === null) return [];
    if (!Array.isArray(value)) throw this.#invalid(`'${name}' is no list`);
    return value.map((one, index) => new FieldReader(one, `${this.where}: ${name}[${index}]`));
  }

  patterns(name: string, rule: string): readonly RegExp[] | undefined {
    return this.texts(name)?.map((pattern) => translated(this.where, rule, () => re2(pattern)));
  }

  /** A rule's own pattern with its longest match. Throws secrets-pattern-unsupported. */
  pattern(source: string, rule: string, group: number | 'first'): Pick<SecretRule, 'pattern' | 'maxLength'> {
    return translated(this.where, rule, () => {
      const { source: js, longest } = translateRe2(source, group);
      return { pattern: new RegExp(js), maxLength: Math.min(Math.max(longest, 64), OPEN_LENGTH) };
    });
  }

  #invalid(detail: string): PlimsollError {
    return new PlimsollError('secrets-rules-invalid', { where: this.where, detail });
  }
}

function translated<T>(where: string, rule: string, translate: () => T): T {
  try {
    return translate();
  } catch (error) {
    if (error instanceof PatternError)
      throw new PlimsollError('secrets-pattern-unsupported', { where, rule, detail: error.message }, { cause: error });
    if (error instanceof SyntaxError)
      throw new PlimsollError('secrets-pattern-unsupported', { where, rule, detail: 'it is too large' }, { cause: error });
    throw error;
  }
}
