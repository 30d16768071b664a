import { PlimsollError } from '../src/util/errors.ts';

/** Versions of a file that are cut, or have bytes flipped, zeroed or set: the same on every run. */
export function* mutations(bytes: Buffer, rounds = 1500): Generator<Buffer> {
  for (let i = 0; i < 40; i++) yield bytes.subarray(0, Math.floor((bytes.length * i) / 40));
  for (let at = 0; at < Math.min(bytes.length, 160); at++) for (const value of [0, 0x7f, 0xff]) yield changed(bytes, [[at, value]]);
  let state = 1;
  const next = (): number => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state >>> 8;
  };
  for (let round = 0; round < rounds; round++) {
    yield changed(
      bytes,
      Array.from({ length: 1 + (round % 6) }, () => [next() % bytes.length, next() % 3 === 0 ? 0xff : next() & 0xff] as const),
    );
  }
}

function changed(bytes: Buffer, changes: readonly (readonly [at: number, value: number])[]): Buffer {
  const copy = Buffer.from(bytes);
  for (const [at, value] of changes) copy[at] = value;
  return copy;
}

/** `ok`, or the code of the error; any error without a code is thrown on. */
export async function outcomeOf(work: Promise<unknown>): Promise<string> {
  try {
    await work;
    return 'ok';
  } catch (error) {
    if (error instanceof PlimsollError) return error.code;
    throw error;
  }
}
