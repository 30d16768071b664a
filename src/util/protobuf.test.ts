import { describe, expect, it } from 'vitest';
import { bytesOf, decodeMessage, encodeMessage, MalformedMessage, numberOf } from './protobuf.ts';

const hex = (text: string) => Buffer.from(text.replaceAll(' ', ''), 'hex');

describe('the examples of protobuf.dev, "Encoding"', () => {
  it.each([
    ['Test1 { a: 150 }', [{ number: 1, value: 150 }], '08 96 01'],
    ['Test2 { b: "testing" }', [{ number: 2, value: 'testing' }], '12 07 74 65 73 74 69 6e 67'],
    ['Test3 { c: { a: 150 } }', [{ number: 3, value: hex('08 96 01') }], '1a 03 08 96 01'],
  ])('%s', (_, fields, bytes) => {
    expect(encodeMessage(fields)).toEqual(hex(bytes));
    expect(decodeMessage(hex(bytes))).toEqual(
      fields.map(({ number, value }) => ({ number, value: typeof value === 'string' ? Buffer.from(value) : value })),
    );
  });

  it('a field that comes twice counts with its last value; one that is absent is empty or 0', () => {
    const fields = decodeMessage(hex('12 01 61 08 01 12 01 62 08 02'));
    expect(bytesOf(fields, 2).toString()).toBe('b');
    expect(numberOf(fields, 1)).toBe(2);
    expect(bytesOf(fields, 9)).toHaveLength(0);
    expect(numberOf(fields, 9)).toBe(0);
  });

  it('fields of fixed width are passed over', () => {
    expect(decodeMessage(hex('09 0000000000000000 15 00000000 18 05'))).toEqual([{ number: 3, value: 5 }]);
  });

  it.each([2 ** 31, 2 ** 32 + 1, Number.MAX_SAFE_INTEGER])('the number %i and back', (value) => {
    expect(numberOf(decodeMessage(encodeMessage([{ number: 3, value }])), 3)).toBe(value);
  });

  it('zero is not sent', () => expect(encodeMessage([{ number: 1, value: 0 }])).toHaveLength(0));
});

describe('malformed', () => {
  it.each([
    ['a number without end', '08 80'],
    ['a number of eleven bytes', '08 80 80 80 80 80 80 80 80 80 80 01'],
    ['a number of 2^63', '08 80 80 80 80 80 80 80 80 80 01'],
    ['a negative number', '08 ff ff ff ff ff ff ff ff ff 01'],
    ['a string that is longer than the message', '0a 05 61'],
    ['a length of 2^49', '0a 80 80 80 80 80 80 80 01'],
    ['the field 0', '00 01'],
    ['a group', '0b 0c'],
    ['wire type 7', '0f'],
    ['a cut fixed field', '09 00 00'],
  ])('%s', (_, bytes) => {
    expect(() => decodeMessage(hex(bytes))).toThrow(MalformedMessage);
  });

  it('too many fields', () => {
    expect(() => decodeMessage(Buffer.concat(Array.from({ length: 10_001 }, () => hex('08 01'))))).toThrow(/10000 fields/);
  });

  it('a field of the other type', () => {
    const fields = decodeMessage(hex('08 01 12 01 61'));
    expect(() => bytesOf(fields, 1)).toThrow(MalformedMessage);
    expect(() => numberOf(fields, 2)).toThrow(MalformedMessage);
  });
});
