import type { RandomAccess } from '../../../util/bytes.ts';
import { readExecutable } from '../../../util/elf/index.ts';
import { gapOf } from '../../read-within.ts';
import type { BinaryRule, Confirmation, Program } from './types.ts';

const CHUNK = 1 << 20;
/** Bytes on either side of an anchor that a pattern may see. */
export const SPAN = 128;
/** Anchors looked at in one file, and versions kept for confirmation: a hostile file may hold an anchor in every word. */
const MAX_HITS = 10_000;
const MAX_CANDIDATES = 64;
/** Sections that hold texts, in ELF and Mach-O. */
const TEXTS = /^(\.l?rodata|\.l?data|__const|__cstring|__data)/;

/**
 * The program that a rule finds in an executable, or undefined. Where the headers name sections, those with texts are read and no
 * code; else the whole file, so that broken or missing headers hide nothing. Reads pieces of 1 MiB, each at most twice.
 */
export async function findProgram(access: RandomAccess, rule: BinaryRule): Promise<Program | undefined> {
  const runs = await runsOf(access);
  const candidates: Candidate[] = [];
  let found: Candidate | undefined;
  await eachHit(access, runs, rule.signatures, (index, text) => {
    const signature = rule.signatures[index]!;
    const match = signature.pattern.exec(text(signature.before ?? 0));
    const version = match?.groups?.version;
    if (!match || version === undefined) return true;
    const candidate = { version, text: match[0], confirm: signature.confirm?.(version) };
    if (candidate.confirm === undefined) found = candidate;
    else if (candidates.length < MAX_CANDIDATES && !candidates.some((each) => each.version === version)) candidates.push(candidate);
    return found === undefined;
  });
  found ??= await confirmed(access, runs, candidates);
  if (!found) return undefined;
  const { version, confirm } = found;
  return { program: rule.id, version, text: printable(found.text), confidence: confirm === undefined ? 'high' : 'medium' };
}

interface Candidate {
  readonly version: string;
  readonly text: string;
  readonly confirm: Confirmation | undefined;
}

/** The candidate whose other text is there as well; none where two are, since nothing says which of them is meant. */
async function confirmed(access: RandomAccess, runs: readonly Run[], candidates: readonly Candidate[]): Promise<Candidate | undefined> {
  const open = candidates.flatMap((candidate) => (candidate.confirm ? [{ candidate, ...candidate.confirm }] : []));
  if (open.length === 0) return undefined;
  const seen = new Set<Candidate>();
  await eachHit(access, runs, open, (index, text) => {
    const { candidate, pattern } = open[index]!;
    if (pattern.test(text(0))) seen.add(candidate);
    return seen.size < open.length;
  });
  return seen.size === 1 ? [...seen][0] : undefined;
}

interface Run {
  readonly start: number;
  readonly end: number;
}

async function runsOf(access: RandomAccess): Promise<readonly Run[]> {
  const whole = [{ start: 0, end: access.size }];
  try {
    const sections = (await readExecutable(access))?.sections ?? [];
    const runs = sections
      .filter(({ name, size, offset }) => TEXTS.test(name) && size > 0 && offset < access.size)
      .map(({ offset, size }) => ({ start: offset, end: Math.min(offset + size, access.size) }));
    return runs.length > 0 ? withoutOverlaps(runs) : whole;
  } catch (error) {
    if (!gapOf(error)) throw error;
    return whole;
  }
}

/** In file order, no byte twice: thousands of headers may name the same section. */
function withoutOverlaps(runs: readonly Run[]): readonly Run[] {
  const ordered = [...runs].sort((a, b) => a.start - b.start);
  const apart: Run[] = [];
  let end = 0;
  for (const run of ordered) {
    if (run.end > end) apart.push({ start: Math.max(run.start, end), end: run.end });
    end = Math.max(end, run.end);
  }
  return apart;
}

/** Gives the text from `before` bytes in front of the anchor to SPAN after it. */
type TextOf = (before: number) => string;

/** Calls `take` for each anchor in the runs, in no particular order within a piece; false ends the search. */
async function eachHit(
  access: RandomAccess,
  runs: readonly Run[],
  searched: readonly { readonly anchor: string }[],
  take: (anchor: number, text: TextOf) => boolean,
): Promise<void> {
  const anchors = searched.map(({ anchor }) => Buffer.from(anchor, 'latin1'));
  let hits = 0;
  for (const { start, end } of runs) {
    for (let at = start; at < end; at += CHUNK) {
      const from = Math.max(start, at - SPAN);
      const bytes = await access.read(from, Math.min(end, at + CHUNK + SPAN) - from);
      if (bytes.length === 0) break;
      for (const [index, anchor] of anchors.entries()) {
        // What begins in the next piece is found there.
        const last = at + CHUNK - from;
        for (let i = bytes.indexOf(anchor, at - from); i >= 0 && i < last; i = bytes.indexOf(anchor, i + 1)) {
          const text = (before: number): string => bytes.toString('latin1', Math.max(0, i - before), i + SPAN);
          if (++hits > MAX_HITS || !take(index, text)) return;
        }
      }
    }
  }
}

function printable(text: string): string {
  return text.replace(/[^\x20-\x7e]+/g, ' ').trim();
}
