import type { ErrorText } from './error-text.ts';
import type { secretErrorsEn } from './secret-errors.en.ts';

export const secretErrorsKo: Record<keyof typeof secretErrorsEn, ErrorText> = {
  'secrets-key-unusable': {
    what: '비밀 정보의 해시를 만드는 키를 사용할 수 없습니다: {where}: {detail}.',
    next: 'PLIMSOLL_SECRETS_KEY를 16자 이상으로 설정하십시오(openssl rand -hex 32로 만들 수 있습니다). 키 파일을 지우면 새 키가 만들어집니다.',
  },
  'secrets-baseline-unusable': {
    what: '비밀 정보 기준 파일 {path}을(를) 읽을 수 없습니다: {detail}.',
    next: 'plimsoll secrets <대상> --write-baseline <파일>로 다시 만들거나 --baseline을 빼십시오.',
  },
  'secrets-baseline-other-key': {
    what: '비밀 정보 기준 파일 {path}은(는) 지금 쓰는 키가 아닌 다른 키로 만들어졌습니다. 그 안의 비밀 정보를 하나도 알아볼 수 없습니다.',
    next: '기준 파일을 만들 때 쓴 키를 PLIMSOLL_SECRETS_KEY로 설정하거나(팀은 하나의 키를 함께 씁니다) --write-baseline으로 다시 만드십시오.',
  },
  'secrets-rules-invalid': {
    what: '{where}: {detail}.',
    next: '규칙을 고치십시오. 직접 만드는 규칙의 형식과 읽을 수 있는 gitleaks 규칙은 docs/secrets.md에 있습니다.',
  },
  'secrets-pattern-unsupported': {
    what: "{where}: 규칙 '{rule}'의 패턴을 사용할 수 없습니다: {detail}.",
    next: '패턴은 gitleaks와 같은 RE2 문법으로, 전후방 탐색과 역참조 없이 4,096자 이내로 쓰십시오.',
  },
  'secrets-verify-offline': {
    what: '오프라인에서는 비밀 정보가 유효한지 서비스에 물어볼 수 없습니다.',
    next: '--verify-secrets(secrets.verify, PLIMSOLL_SECRETS_VERIFY)나 --offline 중 하나를 빼십시오.',
  },
  'secrets-verify-endpoint': {
    what: "{where}: '{value}'은(는) 비밀 정보를 물어볼 수 있는 서비스의 주소가 아닙니다.",
    next: '<서비스>=https://<주소> 또는 <서비스>=off 형식으로 쓰십시오. http는 이 컴퓨터 자신에게만 쓸 수 있습니다. 서비스: {choices}',
  },
  'setting-endpoint': {
    what: "{where}: '{value}'은(는) 서비스 주소 설정이 아닙니다.",
    next: '<서비스>=https://<주소>(예: gitlab=https://git.example.com/api/v4) 또는 <서비스>=off 형식으로 쓰십시오.',
  },
};
