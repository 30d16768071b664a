import { describe, expect, it } from 'vitest';
import { readXml } from './index.ts';

/** What a document is made of, and what is wrong with it. */
function read(document: string): { readonly seen: readonly string[]; readonly wrong: string | undefined } {
  const seen: string[] = [];
  const wrong = readXml(document, {
    open: (name, attributes) => seen.push(`<${name} ${JSON.stringify(attributes)}`),
    text: (text) => seen.push(text),
    close: (name) => seen.push(`>${name}`),
  });
  return { seen, wrong };
}

it('reads elements, attributes and text', () => {
  expect(
    read(
      '\ufeff<?xml version="1.0"?>\n<a x="1" y=\'b>"c\'><!-- <no> --><ns:b/>t &lt;&#65;&#x42;&amp;&unknown; <![CDATA[<raw>&amp;]]></a>\n',
    ),
  ).toEqual({
    seen: ['<a {"x":"1","y":"b>\\"c"}', '<ns:b {}', '>ns:b', 't <AB&&unknown;', '<raw>&amp;', '>a'],
    wrong: undefined,
  });
});

it('reads what has a document type that defines nothing itself', () => {
  expect(read('<?xml version="1.0"?><!DOCTYPE a SYSTEM "http://example.org/a.dtd">\n<a/>').seen).toEqual(['<a {}', '>a']);
  expect(read('<!DOCTYPE a PUBLIC "-//X//Y" \'a.dtd\' ><a/>').wrong).toBeUndefined();
});

/** XML 1.0, "well-formed", and what no upstream needs. */
describe('is not read', () => {
  it.each([
    ['', 'no document'],
    ['text', 'text outside the document at 0'],
    ['<a>', '<a> is not closed'],
    ['<a></b>', '</b> closes nothing at 3'],
    ['</a>', '</a> closes nothing at 0'],
    ['<a/><b/>', 'a second document at 4'],
    ['<a/>text', 'text outside the document at 4'],
    ['<a', 'no markup at 0'],
    ['<a x="1>', 'no markup at 0'],
    ['<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>', 'no markup at 0'],
    ['<!DOCTYPE a SYSTEM "x"', 'no markup at 0'],
    ['<a><!DOCTYPE a SYSTEM "x"></a>', 'a document type inside the document at 3'],
    ['<a/><!DOCTYPE a SYSTEM "x">', 'a document type inside the document at 4'],
    ['<!-- never closed', 'no markup at 0'],
    ['<a>'.repeat(65), 'nested deeper than 64 at 192'],
  ])('%s', (document, wrong) => {
    expect(read(document).wrong).toBe(wrong);
  });

  it('ends with what never ends', () => {
    for (const document of [
      '<'.repeat(200_000),
      `<!DOCTYPE ${' '.repeat(200_000)}`,
      `<a ${'x="'.repeat(100_000)}`,
      `<a>${'&#'.repeat(100_000)}`,
      `<a ${"'".repeat(199_999)}`,
    ])
      expect(read(document).wrong).toBeDefined();
  });
});
