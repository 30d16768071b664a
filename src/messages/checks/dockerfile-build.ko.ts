import type { dockerfileBuildEn } from './dockerfile-build.en.ts';
import type { CheckSentences } from './types.ts';

function label(form: string): CheckSentences {
  return {
    title: `레이블 형식이 맞지 않음: ${form}`,
    message: `{label} 레이블의 값이 ${form} 형식이 아닙니다: {value}`,
    why: '.hadolint.yaml의 label-schema가 이 형식을 요구하며, 레이블을 읽는 쪽도 그 형식을 믿습니다.',
    remedy: `${form} 형식으로 고치거나 label-schema를 바꾸십시오.`,
  };
}

/** Base images, stages, the form of instructions, labels. */
export const dockerfileBuildKo: Readonly<Record<keyof typeof dockerfileBuildEn, CheckSentences>> = {
  'dockerfile/syntax': {
    title: 'BuildKit이 받아들이지 않는 문법',
    message: '`{met}` 부분의 형식이 잘못되었습니다. 올바른 형식: {expected}',
    why: '여기서 빌드가 실패하거나 뜻과 다르게 해석됩니다.',
    remedy: '표시된 형식으로 고치십시오. 전체 형식은 Dockerfile 참조 문서에 있습니다.',
  },
  'dockerfile/no-from': {
    title: '빌드할 내용이 없음',
    message: '이 파일에는 FROM이 없습니다.',
    why: '모든 빌드는 FROM에서 시작하므로 여기서 빌드가 실패합니다.',
    remedy: '`FROM 이미지:태그`로 시작하거나 파일을 지우십시오.',
  },
  'dockerfile/shellcheck': {
    title: '명령에 대한 shellcheck의 지적',
    message: 'shellcheck {code}: {message}',
    why: '셸이 보이는 것과 다르게 동작할 수 있습니다. 어떤 때 그런지는 규칙 문서에 있습니다.',
    remedy: '규칙 문서를 따르거나, 뜻한 대로라면 그 코드를 무시하도록 적으십시오.',
  },
  'dockerfile/image-untagged': {
    title: '베이스 이미지에 태그가 없음',
    message: '{image} 이미지에 태그가 없습니다.',
    why: '태그가 없으면 `latest`이므로, 이미지가 갱신될 때마다 같은 파일에서 다른 결과가 나옵니다.',
    remedy: '버전을 지정하고, 가능하면 다이제스트도 적으십시오: `image:1.2@sha256:...`.',
  },
  'dockerfile/image-latest': {
    title: '베이스 이미지가 latest 태그를 사용함',
    message: '{image} 이미지는 빌드하는 순간의 최신판이 됩니다.',
    why: '빌드를 재현할 수 없고, 주 버전이 바뀌어도 알아차리지 못합니다.',
    remedy: '버전을 지정하고, 가능하면 다이제스트도 적으십시오: `image:1.2@sha256:...`.',
  },
  'dockerfile/image-not-pinned': {
    title: '베이스 이미지가 다이제스트로 고정되지 않음',
    message: '{image} 이미지에 다이제스트가 지정되어 있지 않습니다.',
    why: '저장소에 푸시할 수 있는 사람은 같은 태그에 다른 이미지를 올릴 수 있습니다. 다이제스트는 바꿀 수 없습니다.',
    remedy: '`image:tag@sha256:...`처럼 다이제스트를 붙이고 Renovate나 Dependabot으로 갱신하십시오.',
  },
  'dockerfile/image-digest-malformed': {
    title: '다이제스트 형식이 잘못됨',
    message: '{digest}은(는) 다이제스트가 아닙니다.',
    why: '빌드가 실패하거나, 보이는 것과 달리 이미지가 고정되지 않습니다. `sha256:sha256:`은 접두사 뒤에 접두사까지 붙여 넣은 실수입니다.',
    remedy: '`@sha256:` 뒤에 16진수 64자리를 한 번만 적으십시오.',
  },
  'dockerfile/registry-not-trusted': {
    title: '신뢰 목록에 없는 레지스트리의 이미지',
    message: '{image} 이미지는 .hadolint.yaml에 없는 {registry} 레지스트리에서 옵니다.',
    why: '무엇 위에 빌드할지를 그 레지스트리의 운영자가 정하게 됩니다.',
    remedy: 'trustedRegistries에 있는 레지스트리를 쓰거나 이 레지스트리를 목록에 추가하십시오.',
  },
  'dockerfile/platform-constant': {
    title: '베이스 이미지의 플랫폼이 고정됨',
    message: '--platform={platform} 값이 고정되어 있습니다.',
    why: '요청한 플랫폼과 관계없이 이 플랫폼으로 만들어져, 다른 곳에서는 에뮬레이션으로 돌거나 실행되지 않습니다.',
    remedy: '플래그를 빼거나, 빌드만 하는 단계에는 $BUILDPLATFORM을 쓰십시오.',
  },
  'dockerfile/platform-redundant': {
    title: '기본값과 같은 플랫폼 지정',
    message: '--platform={platform}은(는) 없어도 같은 뜻입니다.',
    why: '다른 의도가 있는 것처럼 읽힙니다.',
    remedy: '플래그를 빼십시오.',
  },
  'dockerfile/syntax-not-pinned': {
    title: '프런트엔드 버전이 고정되지 않음',
    message: 'syntax 지시문의 {image}에 버전이 없습니다.',
    why: '프런트엔드가 빌드를 수행하므로, 다른 버전은 파일을 다르게 읽을 수 있습니다.',
    remedy: '`# syntax=docker/dockerfile:1`처럼 버전을 적거나 다이제스트까지 적으십시오.',
  },
  'dockerfile/image-deprecated': {
    title: '더 이상 관리되지 않는 베이스 이미지',
    message: '{image} 이미지는 지원이 중단되었습니다. 대안: {instead}',
    why: '수정이 더 나오지 않아 취약점이 그대로 남습니다.',
    remedy: '관리자가 안내하는 이미지로 옮기십시오.',
  },
  'dockerfile/stage-name-duplicate': {
    title: '같은 이름의 단계가 둘 이상임',
    message: '앞의 단계도 이름이 {name}입니다.',
    why: 'COPY --from과 FROM이 그중 하나를 고르는데, 읽는 사람은 다른 것으로 알 수 있습니다.',
    remedy: '단계마다 다른 이름을 붙이십시오.',
  },
  'dockerfile/stage-name-reserved': {
    title: '예약된 단계 이름',
    message: '`{name}`은(는) BuildKit에서 다른 뜻으로 쓰입니다.',
    why: '`scratch`는 빈 이미지, `context`는 빌드 컨텍스트이므로 이 이름으로는 단계를 가리킬 수 없습니다.',
    remedy: '단계에 다른 이름을 붙이십시오.',
  },
  'dockerfile/stage-name-casing': {
    title: '단계 이름에 대문자가 있음',
    message: '{name}에 대문자가 있습니다.',
    why: '단계 이름은 대소문자를 가리지 않으므로 표기가 달라도 같은 단계입니다.',
    remedy: '쓰는 곳까지 모두 소문자로 적으십시오.',
  },
  'dockerfile/from-as-casing': {
    title: 'FROM과 AS의 대소문자가 다름',
    message: '`{met}`의 표기가 FROM과 다릅니다: `{expected}`',
    why: '읽기만 어려워집니다.',
    remedy: '두 낱말의 대소문자를 맞추십시오.',
  },
  'dockerfile/copy-from-unknown-stage': {
    title: '이 파일에 없는 단계에서 COPY --from',
    message: '앞에 {name}(이)라는 단계가 없습니다.',
    why: 'BuildKit은 이를 이미지 이름으로 보고, 누가 올렸을지 모르는 같은 이름의 이미지를 받아 옵니다.',
    remedy: '먼저 `FROM ... AS 이름`으로 단계를 만들거나, 태그나 다이제스트가 있는 이미지를 적으십시오.',
  },
  'dockerfile/copy-from-own-stage': {
    title: '자기 단계에서 COPY --from',
    message: '{name}은(는) 이 명령이 들어 있는 단계입니다.',
    why: '단계는 자신에게서 복사할 수 없어 빌드가 실패합니다.',
    remedy: '원래 뜻한 단계를 적거나, 같은 단계 안에서는 RUN으로 복사하십시오.',
  },
  'dockerfile/copy-whole-stage': {
    title: '다른 단계를 통째로 복사함',
    message: '다른 단계의 루트 폴더를 루트 폴더로 복사합니다.',
    why: '도구와 찌꺼기까지 모두 따라오며, 기록 없는 레이어 하나가 됩니다.',
    remedy: '그 단계에서 시작하거나(`FROM stage`) 필요한 것만 복사하십시오.',
  },
  'dockerfile/undefined-arg-in-from': {
    title: '선언되지 않은 인수를 FROM에서 사용함',
    message: '첫 FROM 앞에 {name} 선언이 없습니다.',
    why: '--build-arg를 주어도 빈 값이 되어 다른 이미지를 받거나 실패합니다.',
    remedy: '첫 FROM 앞에 ARG로 선언하십시오.',
  },
  'dockerfile/invalid-default-arg-in-from': {
    title: '인수 없이는 FROM이 이미지 이름이 되지 않음',
    message: '인수의 기본값으로는 `{image}`이(가) 올바른 이미지 이름이 아닙니다.',
    why: '--build-arg 없이는 빌드할 수 없고, 그때 나오는 오류도 알아보기 어렵습니다.',
    remedy: '`ARG NAME=value`로 기본값을 주십시오.',
  },
  'dockerfile/instruction-before-from': {
    title: '첫 FROM 앞에 다른 명령이 있음',
    message: '{instruction} 명령이 첫 FROM보다 앞에 있습니다.',
    why: '그 자리에는 ARG만 올 수 있어 빌드가 실패합니다.',
    remedy: 'FROM 뒤로 옮기십시오.',
  },
  'dockerfile/onbuild-trigger': {
    title: 'ONBUILD로 실행할 수 없는 명령',
    message: 'ONBUILD {instruction}은(는) 허용되지 않습니다.',
    why: '빌드가 실패합니다.',
    remedy: '이 줄을 빼고 필요한 곳에 직접 적으십시오.',
  },
  'dockerfile/stage-unused': {
    title: '쓰이지 않는 단계',
    message: '마지막 단계는 {name} 단계를 쓰지 않습니다.',
    why: '--target으로 지정하지 않으면 빌드되지 않아 오류가 있어도 드러나지 않습니다.',
    remedy: '--target으로 쓰는 사람이 없다면 지우십시오.',
  },
  'dockerfile/instruction-casing': {
    title: '명령의 대소문자가 섞여 있음',
    message: '`{met}`의 표기가 다른 명령과 다릅니다: `{expected}`',
    why: '읽기만 어려워집니다.',
    remedy: '모든 명령의 대소문자를 맞추십시오.',
  },
  'dockerfile/empty-continuation': {
    title: '이어지는 명령 안의 빈 줄',
    message: '빈 줄 뒤로 명령이 이어집니다.',
    why: '명령이 끝난 것처럼 보입니다. BuildKit이 지금은 경고하지만 앞으로는 거부합니다.',
    remedy: '빈 줄을 지우거나 주석으로 바꾸십시오.',
  },
  'dockerfile/legacy-key-value': {
    title: 'ENV나 LABEL의 옛 형식',
    message: '`{instruction} {key} 값`은 옛 형식입니다.',
    why: '줄의 나머지를 모두 값으로 읽으며, 여러 쌍을 적은 것과 구별하기 어렵습니다.',
    remedy: '`키=값`으로 적으십시오.',
  },
  'dockerfile/maintainer-deprecated': {
    title: '폐기 예정인 MAINTAINER',
    message: 'MAINTAINER는 폐기 예정입니다.',
    why: '도구는 레이블을 읽으며, 이 명령은 언젠가 없어질 수 있습니다.',
    remedy: '`LABEL org.opencontainers.image.authors="..."`로 적으십시오.',
  },
  'dockerfile/json-arguments': {
    title: '셸 형식으로 적은 명령',
    message: '{instruction}이(가) JSON 배열이 아닙니다.',
    why: '런타임과 프로그램 사이에 셸이 끼어 종료 신호가 전달되지 않고, 10초 뒤 강제로 끝납니다.',
    remedy: '`["프로그램", "인수"]`로 적거나 스크립트에서 `exec`로 실행하십시오.',
  },
  'dockerfile/env-self-reference': {
    title: 'ENV가 스스로 정하는 변수를 사용함',
    message: '{name} 변수를 정하는 명령 안에서 {name} 변수를 씁니다.',
    why: '이 명령 이전의 값이 쓰이는데, 그 값은 없습니다.',
    remedy: '앞에 따로 ENV를 두어 값을 먼저 정하십시오.',
  },
  'dockerfile/definition-description': {
    title: '설명 형식이 아닌 주석',
    message: '주석이 {name}(으)로 시작하지 않습니다.',
    why: '`docker build --call=outline`은 `# 이름 설명` 형식의 주석을 설명으로 보여 줍니다.',
    remedy: '이름으로 시작하거나, 사이에 빈 주석 줄을 두십시오.',
  },
  'dockerfile/stop-signal-kill': {
    title: 'SIGKILL로 컨테이너를 멈춤',
    message: 'STOPSIGNAL이 SIGKILL입니다.',
    why: '프로그램이 하던 일을 마무리할 수 없어 데이터를 잃을 수 있습니다.',
    remedy: 'SIGTERM이나 프로그램이 종료에 쓰는 신호를 지정하십시오.',
  },
  'dockerfile/inline-ignore': {
    title: '주석으로 규칙을 무시함',
    message: '이 주석은 {rules} 규칙을 무시합니다.',
    why: '이곳에서는 파일 안의 예외를 허용하지 않습니다.',
    remedy: '규칙이 지적한 것을 고치거나 예외를 설정 파일로 옮기십시오.',
  },
  'dockerfile/label-key-invalid': {
    title: '규칙에 맞지 않는 레이블 키',
    message: '{key}은(는) 올바른 레이블 키가 아닙니다.',
    why: '키에는 소문자, 숫자, 점, 붙임표만 쓰며 예약된 접두사도 있습니다. 다른 키는 도구가 버릴 수 있습니다.',
    remedy: '거꾸로 쓴 도메인과 이름으로 적으십시오: `com.example.some-label`.',
  },
  'dockerfile/label-missing': {
    title: '레이블이 없음',
    message: '{label} 레이블이 없습니다.',
    why: '.hadolint.yaml의 label-schema가 요구합니다.',
    remedy: 'LABEL로 추가하십시오.',
  },
  'dockerfile/label-superfluous': {
    title: '스키마에 없는 레이블',
    message: '{label} 레이블은 스키마에 없습니다.',
    why: '.hadolint.yaml의 strict-labels는 스키마에 있는 레이블만 허용합니다.',
    remedy: '레이블을 빼거나 스키마에 추가하십시오.',
  },
  'dockerfile/label-empty': {
    title: '빈 레이블',
    message: '{label} 레이블이 비어 있습니다.',
    why: '.hadolint.yaml의 label-schema가 값을 요구합니다.',
    remedy: '값을 적으십시오.',
  },
  'dockerfile/label-not-url': label('URL'),
  'dockerfile/label-not-time': label('RFC 3339 시각'),
  'dockerfile/label-not-licence': label('SPDX 식별자'),
  'dockerfile/label-not-git-hash': label('git 해시'),
  'dockerfile/label-not-semver': label('유의적 버전'),
  'dockerfile/label-not-email': label('전자 우편 주소'),
};
