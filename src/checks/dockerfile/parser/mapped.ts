import type { Span } from '../../types.ts';

/** A run of characters of a mapped text that stand together in the source too. */
interface Piece {
  /** Where it begins in the mapped text. */
  readonly at: number;
  /** Where it begins in the source. */
  readonly source: number;
}

/**
 * A text made of pieces of the source: a logical line without its continuation characters, a here-document without its tabs. Every
 * offset in it can be told as an offset of the source, so that what is found in it has a place and can be edited.
 */
export class Mapped {
  readonly text: string;
  readonly #pieces: readonly Piece[];

  private constructor(text: string, pieces: readonly Piece[]) {
    this.text = text;
    this.#pieces = pieces;
  }

  static of(parts: readonly { readonly text: string; readonly source: number }[]): Mapped {
    const pieces: Piece[] = [];
    let text = '';
    for (const part of parts) {
      if (part.text === '') continue;
      pieces.push({ at: text.length, source: part.source });
      text += part.text;
    }
    if (pieces.length === 0) pieces.push({ at: 0, source: parts[0]?.source ?? 0 });
    return new Mapped(text, pieces);
  }

  /** The source's offset of the character at `offset`; at the end of the text, the one after its last character. */
  at(offset: number): number {
    const last = Math.max(0, Math.min(offset, this.text.length - 1));
    const piece = this.#piece(last);
    return piece.source + Math.min(offset, this.text.length) - piece.at;
  }

  /** The place in the source of `[start, end)`; what lies between (continuations, comments) is within it. */
  span(start: number, end: number): Span {
    return { start: this.at(start), end: end > start ? this.at(end - 1) + 1 : this.at(start) };
  }

  slice(start: number, end: number): Mapped {
    const parts: { text: string; source: number }[] = [];
    for (const [index, piece] of this.#pieces.entries()) {
      const from = Math.max(start, piece.at);
      const to = Math.min(end, this.#pieces[index + 1]?.at ?? this.text.length);
      if (to > from) parts.push({ text: this.text.slice(from, to), source: piece.source + from - piece.at });
    }
    return parts.length === 0 ? Mapped.of([{ text: '', source: this.at(start) }]) : Mapped.of(parts);
  }

  #piece(offset: number): Piece {
    let low = 0;
    let high = this.#pieces.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if (this.#pieces[middle]!.at <= offset) low = middle;
      else high = middle - 1;
    }
    return this.#pieces[low]!;
  }
}
