import { describe, expect, it } from 'vitest';
import { present } from './present.ts';

describe('present', () => {
  it('leaves out what is undefined and nothing else, in the same order', () => {
    const members = { z: 1, gone: undefined, none: null, empty: '', not: false, zero: 0, a: [undefined] };
    expect(JSON.stringify(present(members))).toBe('{"z":1,"none":null,"empty":"","not":false,"zero":0,"a":[null]}');
    expect('gone' in present(members)).toBe(false);
  });
});
