import { expect, it } from 'vitest';
import { catalogues } from '../messages/index.ts';
import { gapText } from './gap-text.ts';

it('says in the reader’s words what the system refused with', () => {
  const gap = { code: 'unreadable', params: { what: 'EACCES' } } as const;
  expect(gapText(gap, catalogues('en'))).toBe('not readable: permission denied');
  expect(gapText(gap, catalogues('ko'))).toBe('읽을 수 없음: 권한 없음');
});

it('keeps what it has no words for', () => {
  expect(gapText({ code: 'unreadable', params: { what: 'EMFILE' } }, catalogues('en'))).toBe(
    'not readable: too many files are open (EMFILE)',
  );
  expect(gapText({ code: 'malformed', params: { what: 'EACCES' } }, catalogues('en'))).toBe('malformed: permission denied (EACCES)');
});
