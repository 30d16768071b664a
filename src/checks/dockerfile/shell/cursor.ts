import type { Span } from '../../types.ts';
import type { Mapped } from '../parser/mapped.ts';
import { Lexer, type Token } from './lex.ts';

/** The token that is looked at, and what the parser asks of it. */
export class Cursor {
  readonly source: Mapped;
  readonly problems: Span[] = [];
  lexer: Lexer;
  token: Token;

  constructor(source: Mapped) {
    this.source = source;
    this.lexer = new Lexer(source);
    this.token = this.lexer.next();
  }

  unexpected(): void {
    this.problems.push(this.source.span(this.token.at, this.token.end));
    this.advance();
  }

  ended(): boolean {
    return this.token.type === 'end';
  }

  advance(): void {
    this.token = this.lexer.next();
  }

  isOperator(...texts: string[]): boolean {
    return this.token.type === 'operator' && texts.includes(this.token.text);
  }

  /** The reserved word here, if it is one: unquoted, at a command's beginning. */
  reserved(): string | undefined {
    return this.token.type === 'word' && !this.token.word.quoted && !this.token.word.dynamic ? this.token.word.raw : undefined;
  }
}
