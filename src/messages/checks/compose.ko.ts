import type { composeChecksEn } from './compose.en.ts';
import { containerChecksKo } from './container.ko.ts';
import { ofSurface } from './container.ts';
import type { CheckSentences } from './types.ts';

export const composeChecksKo: Readonly<Record<keyof typeof composeChecksEn, CheckSentences>> = {
  'compose/syntax': {
    title: '올바르지 않은 Compose 파일',
    message: '파일을 읽을 수 없습니다: {detail}.',
    why: 'Compose가 거부하며, 안의 내용은 살펴보지 못했습니다.',
    remedy: '표시된 곳을 고치십시오.',
  },
  'compose/obsolete-version': {
    title: '쓰이지 않는 version',
    message: '`version`은 이제 아무 의미가 없습니다.',
    why: 'Compose는 이를 무시하고 시작할 때마다 경고합니다. 읽는 사람은 무언가를 정한다고 오해합니다.',
    remedy: '이 줄을 지우십시오.',
  },
  'compose/unknown-key': {
    title: 'Compose가 모르는 키',
    message: '여기에 `{key}` 키는 없습니다. 가장 비슷한 것은 `{like}`입니다.',
    why: 'Compose가 파일을 거부하거나 의도한 설정이 적용되지 않습니다.',
    remedy: '`{like}`로 쓰거나, 직접 만든 키는 `x-`로 시작하십시오.',
  },
  'compose/invalid-interpolation': {
    title: 'Compose가 읽을 수 없는 변수',
    message: '`{text}`는 Compose가 값을 넣을 수 있는 변수가 아닙니다.',
    why: 'Compose가 파일을 거부합니다. 달러 기호가 비밀번호의 일부라면 사라질 수도 있습니다.',
    remedy: '달러 기호 뒤에 이름을 쓰고, 글자가 이어지면 중괄호로 묶으십시오. 달러 기호 자체는 $$로 씁니다.',
  },
  'compose/undefined-reference': {
    title: '정의되지 않은 이름',
    message: '`{name}`이 쓰였지만 `{section}`에 정의되어 있지 않습니다.',
    why: 'Compose가 파일을 거부합니다.',
    remedy: '`{section}`에 정의하거나 이름을 바로잡으십시오.',
  },
  'compose/duplicate-port': {
    title: '겹치는 포트',
    message: '호스트의 {port}번 포트는 이미 {other} 서비스가 씁니다.',
    why: '두 번째 서비스가 시작되지 않습니다.',
    remedy: '둘 중 하나를 다른 포트로 공개하십시오.',
  },
  'compose/privileged-build': {
    title: '호스트 권한으로 빌드',
    message: '빌드에 `{option}` 옵션을 허용합니다.',
    why: 'Dockerfile의 모든 명령과 내려받은 모든 것이 호스트의 권한으로 실행됩니다.',
    remedy: '이 옵션 없이 빌드하십시오. 꼭 필요하다면 별도의 시스템에서 빌드하십시오.',
  },
  'compose/secret-in-build-argument': {
    title: '빌드 인자의 비밀',
    message: '{name} 값이 그대로 적혀 있고 이미지에 남습니다.',
    why: '빌드 인자는 이미지의 기록과 빌드 출처 정보(provenance)에 남습니다.',
    remedy: '`build.secrets`와 `RUN --mount=type=secret`을 쓰십시오.',
  },
  ...ofSurface('compose', containerChecksKo),
};
