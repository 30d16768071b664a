import type { checkTableEn } from './table.en.ts';

export const checkTableKo: Readonly<Record<keyof typeof checkTableEn, string>> = {
  'section': '구성',
  'column.rule': '규칙',
  'column.place': '위치',
  'column.what': '내용',
  'none': '구성에서 잘못된 점을 찾지 못했습니다.',
  'total': '잘못된 구성: {count}건',
  'hidden': '--severity로 가려진 {count}건이 더 있습니다.',
  'suppressed': '예외, 주석, 설정으로 제외하여 집계하지 않은 {count}건이 있습니다.',
  'files': '살펴본 구성 파일: {files}개. 규칙의 뜻과 고치는 방법은 docs/checks.md에 있습니다.',
};
