import type { Dockerfile, Word } from '../../checks/dockerfile/document.ts';
import type { Digest } from '../../model/index.ts';
import { repositoryName, tryReference } from '../../oci/reference.ts';

/** How a Dockerfile comes to another base image. */
export interface FromEdit {
  /** Lines of a unified difference. */
  readonly diff?: readonly string[];
  /** `TAG=3.13`, where whoever builds says it: an ARG without a default, or a build that was given another value than the default. */
  readonly buildArg?: string;
}

export interface OtherBase {
  /** What the image is built on, as far as it is known, and what it is to be built on; `repository:tag`. */
  readonly from: string;
  readonly to: string;
  readonly digest?: Digest | undefined;
}

/**
 * The change of a Dockerfile: of the default of the ARG that says the tag, where one does, else of the FROM line of the shipped stage. Empty where
 * the file names another image than the one that it is about.
 */
export function fromEdit(file: Dockerfile, other: OtherBase): FromEdit {
  let stage = file.stages.at(-1);
  while (stage?.base) stage = stage.base;
  const word = stage?.image;
  const tag = tryReference(other.to)?.tag;
  if (!word || tag === undefined) return {};
  const pieces = piecesOf(word, file);
  if (!pieces) return {};
  const open = pieces.filter(({ unset }) => unset !== undefined);
  if (open.length > 0) return given(pieces, other);
  const now = textOf(pieces);
  const reference = tryReference(now);
  const base = tryReference(other.from);
  if (!reference || !base || repositoryName(reference) !== repositoryName(base)) return {};
  const names = partsOf(now);
  const isWritten = pieces.every((piece) => piece.arg === undefined);
  // The default is not what was built with.
  if (!isWritten && base.tag !== undefined && reference.tag !== base.tag) return given(pieces, other);
  const pinned = `${names.repository}:${tag}${other.digest ? `@${other.digest}` : ''}`;
  const whole = pieces.length === 1 && pieces[0];
  if (whole) return diffOf(file, [{ start: whole.start, end: whole.end, text: pinned }]);
  const edits = [
    names.tag && replacedPart(pieces, names.tag, tag),
    names.digest && (other.digest ? replacedPart(pieces, names.digest, other.digest) : undefined),
  ].filter((edit) => edit !== undefined);
  const wanted = 1 + Number(names.digest !== undefined);
  return diffOf(file, edits.length === wanted ? edits : [{ start: word.start, end: word.end, text: pinned }]);
}

/** A run of the image's name with its place in the file: written in the FROM line, or in an ARG's default. */
interface Piece {
  readonly text: string;
  readonly start: number;
  readonly end: number;
  /** The ARG that says it. */
  readonly arg?: string;
  /** The variable that nothing in the file sets. */
  readonly unset?: string;
}

const MOST_NESTED = 5;
const MOST_PIECES = 50;
const TOKEN = /\$\{([A-Za-z_]\w*)(?::?-([\w./:@-]*))?\}|\$([A-Za-z_]\w*)|[^$"'`\\\s]+/y;

/** Undefined for what is written in other ways: quoted in parts, escaped, cut by expressions. */
function piecesOf(word: Word, file: Dockerfile, arg?: string, depth = 0): readonly Piece[] | undefined {
  const quoted = /^(["'])(.*)\1$/.exec(word.text);
  const [text, start] = quoted ? [quoted[2] ?? '', word.start + 1] : [word.text, word.start];
  if (depth > MOST_NESTED || file.text.slice(start, start + text.length) !== text) return undefined;
  const pieces: Piece[] = [];
  for (let at = 0, next = 0; at < text.length; at = next) {
    TOKEN.lastIndex = at;
    const token = TOKEN.exec(text);
    if (!token || pieces.length > MOST_PIECES) return undefined;
    const [all, braced, fallback, bare] = token;
    next = at + all.length;
    const name = braced ?? bare;
    const place = { start: start + at, end: start + at + all.length };
    if (name === undefined) {
      pieces.push({ text: all, ...place, ...(arg === undefined ? {} : { arg }) });
      continue;
    }
    const value = file.globals.flatMap(({ pairs }) => pairs).findLast(({ key }) => key.text === name)?.value;
    const isSet = value !== undefined && value.text !== '';
    if (!isSet && fallback === undefined) pieces.push({ text: '', ...place, unset: name });
    else if (!isSet) pieces.push({ text: fallback ?? '', start: place.end - 1 - (fallback ?? '').length, end: place.end - 1, arg: name });
    else {
      const inner = piecesOf(value, file, name, depth + 1);
      if (!inner) return undefined;
      pieces.push(...inner);
    }
  }
  return pieces;
}

function textOf(pieces: readonly Piece[]): string {
  return pieces.map(({ text }) => text).join('');
}

interface Range {
  readonly start: number;
  readonly end: number;
}

/** Where tag and digest are in a name. */
function partsOf(name: string): { readonly repository: string; readonly tag?: Range; readonly digest?: Range } {
  const at = name.indexOf('@');
  const end = at < 0 ? name.length : at;
  const colon = name.lastIndexOf(':', end - 1);
  const tagged = colon > name.lastIndexOf('/', end - 1);
  return {
    repository: name.slice(0, tagged ? colon : end),
    ...(tagged ? { tag: { start: colon + 1, end } } : {}),
    ...(at < 0 ? {} : { digest: { start: at + 1, end: name.length } }),
  };
}

interface TextEdit extends Range {
  readonly text: string;
}

/** The one piece by whose change that part of the name becomes `text`; an ARG's before one of the FROM line. */
function replacedPart(pieces: readonly Piece[], part: Range, text: string): TextEdit | undefined {
  let offset = 0;
  const inside = pieces.flatMap((piece) => {
    const [start, end] = [Math.max(part.start - offset, 0), Math.min(part.end - offset, piece.text.length)];
    offset += piece.text.length;
    return end > start ? [{ ...piece, text: piece.text.slice(start, end), start: piece.start + start, end: piece.start + end }] : [];
  });
  const edits = inside.flatMap((piece, i) => {
    const [before, after] = [textOf(inside.slice(0, i)), textOf(inside.slice(i + 1))];
    const fits = text.length > before.length + after.length && text.startsWith(before) && text.endsWith(after);
    return fits
      ? [{ arg: piece.arg, start: piece.start, end: piece.end, text: text.slice(before.length, text.length - after.length) }]
      : [];
  });
  return edits.find(({ arg }) => arg !== undefined) ?? edits[0];
}

/** The value of the one variable in the name that makes it the other image. */
function given(pieces: readonly Piece[], { to, digest }: OtherBase): FromEdit {
  const variables = pieces.filter(({ arg, unset }) => arg !== undefined || unset !== undefined);
  const [variable] = variables;
  const name = variable?.unset ?? variable?.arg;
  if (!variable || variables.length > 1 || name === undefined) return {};
  const at = pieces.indexOf(variable);
  const [before, after] = [textOf(pieces.slice(0, at)), textOf(pieces.slice(at + 1))];
  const target = before === '' && after === '' && digest ? `${to}@${digest}` : to;
  const fits = target.length > before.length + after.length && target.startsWith(before) && target.endsWith(after);
  return fits ? { buildArg: `${name}=${target.slice(before.length, target.length - after.length)}` } : {};
}

/** Lines are changed in place, none comes or goes. */
function diffOf({ path, text }: Dockerfile, edits: readonly TextEdit[]): FromEdit {
  const last = [...edits].sort((a, b) => b.start - a.start);
  const edited = last.reduce((whole, edit) => whole.slice(0, edit.start) + edit.text + whole.slice(edit.end), text).split('\n');
  const lines = text.split('\n');
  if (edited.length !== lines.length) return {};
  const hunks = lines.flatMap((line, i) => (line === edited[i] ? [] : [`@@ -${i + 1} +${i + 1} @@`, `-${line}`, `+${edited[i]}`]));
  return hunks.length === 0 ? {} : { diff: [`--- ${path}`, `+++ ${path}`, ...hunks] };
}
