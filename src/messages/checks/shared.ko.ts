import type { sharedChecksEn } from './shared.en.ts';
import type { CheckSentences } from './types.ts';

export const sharedChecksKo: Readonly<Record<keyof typeof sharedChecksEn, CheckSentences>> = {
  'lint/ignore-without-reason': {
    title: '이유 없는 예외 처리',
    message: '이 주석은 {rules} 규칙을 이유 없이 무시하므로 적용되지 않습니다.',
    why: '설정에서 이유를 요구하며, 이유가 없으면 나중에 이 예외가 여전히 타당한지 아무도 판단할 수 없습니다.',
    remedy: '규칙 이름 뒤에 이유를 적거나 주석을 지우십시오.',
  },
};
