import type { Instruction } from '../dockerfile/document.ts';
import { parseDockerfile } from '../dockerfile/parser/parse.ts';
import type { Item } from './types.ts';

/** Each instruction, and of its stage the name (or number) and the image that it begins with. */
export function dockerfileItems(text: string): Item[] {
  const { instructions, stages } = parseDockerfile({ path: '', text });
  const stageOf = new Map(stages.flatMap((stage) => [stage.from, ...stage.instructions].map((each) => [each, stage] as const)));
  const all = instructions.map((instruction) => {
    const stage = stageOf.get(instruction);
    return plain(instruction, stage && { name: stage.name ?? String(stage.index), image: stage.image?.text ?? '', final: stage.final });
  });
  const named = stages.map(({ name, index, image, final }) => ({ name: name ?? String(index), image: image?.text ?? '', final }));
  const document = { instructions: all, stages: named };
  const items = instructions.map((instruction, i): Item => {
    const { start, end } = instruction.written;
    return { subject: 'instruction', values: { document, instruction: all[i] }, at: { start, end } };
  });
  return [{ subject: 'document', values: { document }, at: { start: 0, end: 1 } }, ...items];
}

function plain(instruction: Instruction, stage: { name: string; image: string; final: boolean } | undefined) {
  const { keyword, words, flags, pairs, rest, line, json } = instruction;
  return {
    keyword,
    text: rest.text.trim(),
    arguments: words.map((word) => word.text),
    flags: Object.fromEntries(flags.map(({ name, value }) => [name, value ?? ''])),
    pairs: Object.fromEntries(pairs.map(({ key, value }) => [key.text, unquoted(value?.text ?? '')])),
    json,
    line: line + 1,
    ...(stage === undefined ? {} : { stage }),
  };
}

function unquoted(text: string): string {
  return text.replace(/^(["'])(.*)\1$/s, '$2');
}
