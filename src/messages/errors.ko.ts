import type { ErrorCode, ErrorText } from './errors.en.ts';

export const errorsKo: Record<ErrorCode, ErrorText> = {
  'internal': { what: 'plimsoll 내부 오류가 발생했습니다: {detail}.', next: '실행한 명령과 함께 알려 주십시오.' },
  'usage': { what: '{detail}.', next: 'plimsoll --help를 참고하십시오.' },
  'offline': {
    what: '오프라인 모드입니다: {what}에는 네트워크가 필요합니다.',
    next: '--offline 없이 실행하거나 로컬 대상과 데이터베이스를 지정하십시오.',
  },
  'digest-mismatch': {
    what: '{what}의 내용이 다이제스트 {expected}와 일치하지 않습니다(실제 {actual}).',
    next: '전송 중 손상되었거나 변경되었습니다. 신뢰할 수 있는 곳에서 다시 받으십시오.',
  },
  'size-mismatch': {
    what: '{what}의 크기는 {actual}바이트이지만 {expected}바이트로 알려져 있었습니다.',
    next: '전송 중 손상되었거나 변경되었습니다. 신뢰할 수 있는 곳에서 다시 받으십시오.',
  },
  'file-too-large': { what: '{what}: plimsoll이 읽는 한도 {limit}바이트보다 큽니다.', next: '이 파일은 제외되었으며 보고서에 표시됩니다.' },
  'file-malformed': { what: '{what}의 형식이 올바르지 않습니다: {detail}.', next: '이 파일은 제외되었으며 보고서에 표시됩니다.' },
  'file-unsupported': { what: '{what}: 읽을 수 없습니다({detail}).', next: '이 파일은 제외되었으며 보고서에 표시됩니다.' },
  'file-encrypted': {
    what: '{what}: 암호화되어 있습니다.',
    next: 'plimsoll은 암호를 묻지 않습니다. 이 파일은 제외되었으며 보고서에 표시됩니다.',
  },
};
