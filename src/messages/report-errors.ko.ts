import type { ErrorText } from './errors.en.ts';
import type { reportErrorsEn } from './report-errors.en.ts';

export const reportErrorsKo: Record<keyof typeof reportErrorsEn, ErrorText> = {
  'stored-report-malformed': {
    what: '{path}은(는) plimsoll의 JSON 보고서가 아닙니다. {at} 위치의 내용이 올바르지 않습니다({expected}).',
    next: 'plimsoll scan -f json=파일 또는 plimsoll assess가 만든 파일을 고치지 않은 그대로 지정하십시오.',
  },
  'stored-report-version': {
    what: '{path}은(는) 스키마 버전 {version}의 보고서입니다. 이 plimsoll은 버전 1을 읽습니다.',
    next: '더 새로운 plimsoll로 읽거나 이 plimsoll로 보고서를 다시 만드십시오.',
  },
  'stored-report-platforms': {
    what: '{path}에는 플랫폼 {count}개의 보고서가 있습니다. 하나만 있어야 합니다.',
    next: '한 플랫폼의 보고서를 지정하십시오: plimsoll scan --platform os/아키텍처 -f json=파일.',
  },
};
