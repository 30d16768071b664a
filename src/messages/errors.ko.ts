import { daemonErrorsKo } from './daemon-errors.ko.ts';
import { dataErrorsKo } from './data-errors.ko.ts';
import type { ErrorText } from './error-text.ts';
import type { ErrorCode } from './errors.en.ts';
import { reportErrorsKo } from './report-errors.ko.ts';
import { secretErrorsKo } from './secret-errors.ko.ts';
import { standingErrorsKo } from './standing.ko.ts';

export const errorsKo: Record<ErrorCode, ErrorText> = {
  ...daemonErrorsKo,
  ...dataErrorsKo,
  ...secretErrorsKo,
  ...reportErrorsKo,
  ...standingErrorsKo,
  'internal': { what: 'plimsoll 내부 오류가 발생했습니다: {detail}.', next: '실행한 명령과 함께 알려 주십시오.' },
  'system-failed': {
    what: '시스템이 {path}을(를) 거부했습니다: {detail}.',
    next: '경로, 권한, 남은 공간을 확인하십시오. 문제가 없다면 실행한 명령과 함께 알려 주십시오.',
  },
  'usage': { what: '{detail}.', next: 'plimsoll --help를 참고하십시오.' },
  'offline': {
    what: '오프라인 모드입니다: {what}에는 네트워크가 필요합니다.',
    next: '--offline 없이 실행하거나 로컬 대상과 데이터베이스를 지정하십시오.',
  },
  'digest-mismatch': {
    what: '{what}의 내용이 다이제스트 {expected}과(와) 일치하지 않습니다(실제 {actual}).',
    next: '전송 중 손상되었거나 변경되었습니다. 신뢰할 수 있는 곳에서 다시 받으십시오.',
  },
  'size-mismatch': {
    what: '{what}의 크기는 {expected}바이트여야 하지만 실제로는 {actual}바이트입니다.',
    next: '전송 중 손상되었거나 변경되었습니다. 신뢰할 수 있는 곳에서 다시 받으십시오.',
  },
  'file-too-large': {
    what: '{what}: plimsoll이 읽는 한도 {limit}바이트보다 큽니다.',
    next: '이 파일은 읽지 않았습니다. 더 작은 파일을 지정하거나 대상에서 빼십시오.',
  },
  'file-malformed': { what: '{what}의 형식이 올바르지 않습니다: {detail}.', next: '이 파일은 제외되었으며 보고서에 표시됩니다.' },
  'file-unsupported': { what: '{what}: 읽을 수 없습니다({detail}).', next: '이 파일은 제외되었으며 보고서에 표시됩니다.' },
  'file-encrypted': {
    what: '{what}: 암호화되어 있습니다.',
    next: 'plimsoll은 암호를 묻지 않습니다. 이 파일은 제외되었으며 보고서에 표시됩니다.',
  },
  'network-failed': {
    what: '{host}에 연결하지 못했습니다: {detail}.',
    next: '호스트 이름, 네트워크, 프록시 설정을 확인한 뒤 다시 시도하십시오.',
  },
  'network-timeout': {
    what: '{host}에서 {seconds}초 동안 응답이 없습니다.',
    next: '다시 시도하십시오. 계속되면 네트워크를 확인하거나 제한 시간을 늘리십시오.',
  },
  'tls-failed': {
    what: '{host}의 TLS 인증서를 신뢰할 수 없습니다: {detail}.',
    next: '사설 인증 기관을 쓰는 호스트라면 --ca-file로 인증서를 지정하고, 아니라면 호스트 관리자에게 문의하십시오.',
  },
  'tls-expected-plain': {
    what: '{host}이(가) TLS를 사용하지 않습니다. 일반 http로 서비스하는 것 같습니다.',
    next: 'https 포트를 쓰거나 --plain-http로 이 호스트에 일반 http를 허용하십시오.',
  },
  'too-many-redirects': {
    what: '{host}이(가) {limit}번 넘게 리디렉션했습니다.',
    next: '서버 설정이 잘못되었습니다. 서버 관리자에게 문의하십시오.',
  },
  'redirect-invalid': {
    what: '{host}이(가) 따라갈 수 없는 주소로 리디렉션했습니다: {location}.',
    next: '서버 설정이 잘못되었습니다. 서버 관리자에게 문의하십시오.',
  },
  'response-too-large': {
    what: '{host}의 응답이 {limit}바이트보다 깁니다.',
    next: '서버 설정이 잘못되었거나 악의적일 수 있습니다. 주소를 확인하십시오.',
  },
  'http-status': {
    what: '{host}이(가) {method} {url} 요청에 {status}(으)로 응답했습니다.',
    next: '주소를 확인하고, 맞다면 서버 관리자에게 문의하십시오.',
  },
  'reference-invalid': {
    what: '{reference}은(는) 올바른 이미지 참조가 아닙니다: {reason}.',
    next: '[레지스트리/]저장소[:태그][@다이제스트] 형식으로 쓰십시오. 예: alpine:3.20.',
  },
  'platform-invalid': {
    what: '{platform}은(는) 올바른 플랫폼이 아닙니다.',
    next: 'os/아키텍처[/변형] 형식으로 쓰십시오. 예: linux/arm64/v8.',
  },
  'platform-missing': {
    what: '{image}에 {wanted} 플랫폼용 이미지가 없습니다. 있는 플랫폼: {available}.',
    next: '--platform으로 그중 하나를 고르십시오.',
  },
  'target-missing': {
    what: '{path} 파일이나 폴더가 없습니다.',
    next: '경로를 확인하십시오.',
  },
  'target-nowhere': {
    what: '여기에 {path} 파일이나 폴더가 없고, 이미지 이름으로 보아도 {host}에서 가져올 수 없었습니다: {detail}.',
    next: '철자를 확인하십시오. 이미지를 지정한 것이라면 이름, 인증 정보, 네트워크, 프록시 설정을 확인한 뒤 다시 시도하십시오.',
  },
  'target-neither': {
    what: '여기에 {path} 파일이나 폴더가 없고, 올바른 이미지 이름도 아닙니다: {reason}.',
    next: '경로를 확인하거나, 이미지라면 [레지스트리/]저장소[:태그][@다이제스트] 형식으로 쓰십시오. 예: alpine:3.20.',
  },
  'target-unrecognised': {
    what: '{path}은(는) 이미지 아카이브도, 이미지 레이아웃도, 루트 파일 시스템의 tar도, SBOM도 아닙니다.',
    next: '파일을 확인하거나 oci:, oci-archive:, docker-archive:, rootfs:, dir:, sbom: 접두사로 종류를 지정하십시오.',
  },
  'target-unreadable': {
    what: '{path}을(를) 읽지 못했습니다: {detail}.',
    next: '접근 권한을 확인하십시오.',
  },
  'manifest-invalid': {
    what: '{what}의 형식이 올바르지 않습니다: {reason}.',
    next: '이미지가 손상되었거나 잘못된 도구로 만들어졌습니다. 다시 빌드하거나 받으십시오.',
  },
  'manifest-too-large': {
    what: '{what}의 크기가 {limit}바이트를 넘습니다.',
    next: '레지스트리도 이런 매니페스트를 거부합니다. 이미지를 다시 빌드하십시오.',
  },
  'manifest-unsupported': {
    what: '{what}의 미디어 타입 {mediaType}은(는) plimsoll이 읽지 못합니다.',
    next: '최신 도구로 이미지를 다시 푸시하거나 저장하십시오(OCI 또는 Docker 스키마 2).',
  },
  'not-an-image': {
    what: '{what}은(는) 컨테이너 이미지가 아니라 {mediaType} 타입의 아티팩트입니다.',
    next: '이미지 자체를 지정하십시오. 여러 용도로 쓰는 저장소라면 태그를 확인하십시오.',
  },
  'blob-missing': {
    what: '{source}에 {digest}이(가) 없습니다.',
    next: '이미지가 불완전합니다. 모든 레이어를 포함해 다시 복사하거나 저장하십시오.',
  },
  'layer-foreign': {
    what: '레이어 {digest}은(는) 이미지와 함께 배포되지 않습니다({mediaType}).',
    next: '외부 레이어가 있는 이미지는 완전히 검사할 수 없습니다. 레이어를 포함해 이미지를 다시 빌드하십시오.',
  },
  'layout-invalid': {
    what: '{path}은(는) OCI 이미지 레이아웃이 아닙니다: {reason}.',
    next: 'skopeo copy 등으로 이미지를 레이아웃에 다시 복사하십시오.',
  },
  'image-ambiguous': {
    what: '{path}에 이미지가 여러 개 있습니다: {choices}.',
    next: '경로 뒤에 :<태그>나 @<다이제스트>를 붙여 하나를 고르십시오.',
  },
  'image-unmatched': {
    what: '{path}에 {selector} 이미지가 없습니다. 있는 이미지: {choices}.',
    next: '그중 하나를 고르십시오.',
  },
  'archive-invalid': {
    what: '{path}은(는) 읽을 수 있는 이미지 아카이브가 아닙니다: {reason}.',
    next: '이미지를 다시 저장하십시오. 내려받은 파일이라면 중간에 잘렸을 수 있습니다.',
  },
  'archive-too-large': {
    what: '{path}의 압축을 풀면 {limit}바이트가 넘습니다.',
    next: '압축 폭탄일 수 있습니다. 직접 만든 파일이라면 압축을 풀어 폴더를 검사하십시오.',
  },
  'registry-unauthorized': {
    what: '레지스트리 {registry}이(가) {repository}에 대해 인증을 요구하지만(범위 {scope}) 자격 증명을 찾지 못했습니다.',
    next: 'docker login이나 podman login으로 로그인하거나 PLIMSOLL_REGISTRY_USERNAME과 PLIMSOLL_REGISTRY_PASSWORD를 설정하십시오. 공개 이미지라면 이름을 확인하십시오.',
  },
  'registry-credentials-refused': {
    what: '레지스트리 {registry}이(가) {origin}의 자격 증명을 거부했습니다({repository}, 범위 {scope}).',
    next: '다시 로그인하십시오. 비밀번호나 토큰이 틀렸거나 만료되었을 수 있습니다.',
  },
  'registry-forbidden': {
    what: '레지스트리 {registry}이(가) {who}에게 {repository} 접근을 허용하지 않습니다(범위 {scope}).',
    next: '레지스트리 관리자에게 권한을 요청하거나 다른 계정을 사용하십시오. 공개 이미지라면 이름을 확인하십시오.',
  },
  'registry-repository-unknown': {
    what: '레지스트리 {registry}에 저장소 {repository}이(가) 없거나 {who}에게 공개되지 않았습니다.',
    next: '이름을 확인하십시오. 비공개 저장소에는 자격 증명이 필요합니다.',
  },
  'registry-manifest-unknown': {
    what: '{registry}의 저장소 {repository}에 {reference} 이미지가 없습니다.',
    next: '태그나 다이제스트를 확인하십시오.',
  },
  'registry-blob-unknown': {
    what: '{registry}의 저장소 {repository}에 매니페스트가 가리키는 블롭 {digest}이(가) 없습니다.',
    next: '레지스트리의 이미지가 불완전합니다. 다시 푸시하십시오.',
  },
  'registry-rate-limited': {
    what: '레지스트리 {registry}이(가) 요청 횟수를 제한하고 있습니다({detail}).',
    next: '잠시 기다렸다가 다시 시도하거나, 로그인하여 한도를 높이거나, 미러를 사용하십시오.',
  },
  'registry-failed': {
    what: '레지스트리 {registry}이(가) {repository} 요청에 {status}(으)로 응답했습니다: {detail}.',
    next: '나중에 다시 시도하거나 레지스트리 관리자에게 문의하십시오.',
  },
  'registry-protocol': {
    what: '{registry}이(가) 컨테이너 레지스트리처럼 동작하지 않습니다: {detail}.',
    next: '레지스트리의 이름과 포트를 확인하십시오.',
  },
  'credentials-unreadable': {
    what: '자격 증명 파일 {path}을(를) 사용할 수 없습니다: {detail}.',
    next: '파일을 고치거나 지우거나, 다시 로그인하십시오.',
  },
  'credential-helper-failed': {
    what: '자격 증명 도우미 {helper}이(가) {registry}에 대해 실패했습니다: {detail}.',
    next: '직접 실행해 원인을 확인하거나 도우미 없이 다시 로그인하십시오.',
  },
  'tar-malformed': {
    what: '{what}은(는) 올바른 tar 아카이브가 아닙니다. {offset}바이트 위치의 헤더: {detail}.',
    next: '제대로 풀 수 없는 파일입니다. 다시 빌드하거나 다시 받으십시오.',
  },
  'tar-truncated': {
    what: '{what}이(가) {offset}바이트 뒤 항목 중간에서 끝났습니다.',
    next: '중간에 잘린 파일입니다. 다시 빌드하거나 다시 받으십시오.',
  },
  'tar-limit': {
    what: '{what}을(를) 거부했습니다. {limit} {unit}을(를) 초과합니다.',
    next: '일반적인 이미지에는 이만큼 필요하지 않습니다. 신뢰할 수 있는 이미지라면 제한을 높이십시오.',
  },
  'decompression-failed': {
    what: '{what}을(를) {format} 형식으로 압축 해제할 수 없습니다: {detail}.',
    next: '손상되었거나 잘린 파일입니다. 다시 빌드하거나 다시 받으십시오.',
  },
  'decompression-bomb': {
    what: '{what}을(를) 거부했습니다. {input}바이트가 {output}바이트 넘게 늘어납니다.',
    next: '압축 폭탄의 전형적인 모습입니다. 신뢰할 수 있는 이미지라면 제한을 높이십시오.',
  },
  'compression-unsupported': {
    what: '{what}은(는) {format} 방식으로 압축되어 있어 plimsoll이 읽을 수 없습니다.',
    next: 'gzip, zstd 또는 무압축으로 이미지를 빌드하십시오.',
  },
  'aborted': { what: '검사가 끝나기 전에 중단되었습니다.', next: '다시 실행하십시오.' },
  'setting-choice': {
    what: "{where}: '{value}'은(는) {choices} 중 하나가 아닙니다.",
    next: '위 값 가운데 하나를 지정하십시오(일부 설정은 쉼표로 여러 개를 받습니다).',
  },
  'setting-days': { what: "{where}: '{value}'은(는) 일수가 아닙니다.", next: '7이나 0.5 같은 숫자를 지정하십시오.' },
  'setting-percent': { what: "{where}: '{value}'은(는) 0부터 100까지의 숫자가 아닙니다.", next: '70 같은 숫자를 지정하십시오.' },
  'setting-weights': {
    what: "{where}: '{value}'은(는) 감점을 나타내지 않습니다.",
    next: 'critical=20,high=10,medium=5처럼 심각도별 점수를 지정하십시오. 다른 종류는 secret.critical=20, misconfiguration.high=5, end-of-life.high=10처럼 적습니다.',
  },
  'setting-bytes': { what: "{where}: '{value}'은(는) 크기가 아닙니다.", next: '500MB나 2GB 같은 크기를 지정하십시오.' },
  'setting-switch': { what: "{where}: '{value}'은(는) true도 false도 아닙니다.", next: 'true 또는 false를 지정하십시오.' },
  'date-invalid': {
    what: "{where}: '{value}'은(는) 날짜가 아니거나 미래의 날짜입니다.",
    next: '2026-11-01T00:00:00Z나 2026-11-01처럼 지난 날짜를 쓰십시오.',
  },
  'setting-text': {
    what: "{where}: '{value}'은(는) 여기에 쓸 수 없습니다.",
    next: '비어 있지 않은 문자열을 지정하십시오. 파일에서는 따옴표로 감싸십시오.',
  },
  'setting-unknown': { what: '{where}: {key}(이)라는 설정은 없습니다.', next: '쓸 수 있는 키: {keys}.' },
  'setting-misspelt': { what: '{where}: {key}(이)라는 설정은 없습니다.', next: '혹시 {like}입니까?' },
  'variable-misspelt': {
    what: '환경 변수 {variable}에 해당하는 설정은 없습니다.',
    next: '혹시 {like}입니까? 아니라면 이 변수를 지우십시오.',
  },
  'setting-not-in-file': {
    what: '{where}: {key}은(는) 파일에서 읽지 않습니다. 파일은 저장소에 올라가기 쉽기 때문입니다.',
    next: '파일에서 지우고 환경 변수 {env}(으)로 지정하십시오.',
  },
  'settings-file-invalid': { what: '{where}: 설정 파일이 올바르지 않습니다: {detail}.', next: '해당 줄을 고치십시오.' },
  'settings-file-unreadable': {
    what: '설정 파일 {path}을(를) 읽을 수 없습니다: {detail}.',
    next: '--config나 PLIMSOLL_CONFIG로 지정한 경로를 확인하십시오.',
  },
  'setting-file-missing': { what: '{where}: {path} 파일이 없습니다.', next: '경로를 확인하거나, 필요 없으면 빼십시오.' },
  'output-unused': {
    what: '{file}에는 아무것도 쓰이지 않습니다. 모든 형식에 파일이 따로 지정되어 있습니다({formats}).',
    next: '--output을 빼거나 한 형식의 파일을 빼십시오: -f json -o report.json.',
  },
  'compare-every-platform': {
    what: 'compare는 두 이미지를 한 플랫폼씩만 견줍니다. 모든 플랫폼을 한 번에 견줄 수는 없습니다.',
    next: '--platform linux/amd64처럼 하나를 지정하십시오. 모든 플랫폼에서 새로 생긴 것은 plimsoll scan --platform all {target} --baseline {to} 명령이 알려 줍니다.',
  },
  'option-unknown': { what: '{option} 옵션은 없습니다.', next: '모든 옵션 보기: {help}' },
  'option-misspelt': { what: '{option} 옵션은 없습니다.', next: '혹시 {like}입니까?' },
  'option-value-missing': { what: '{option} 옵션에는 값이 필요합니다.', next: '사용법 보기: {help}' },
  'command-unknown': { what: '{command} 명령은 없습니다.', next: '모든 명령 보기: {help}' },
  'command-misspelt': { what: '{command} 명령은 없습니다.', next: '혹시 {like}입니까?' },
  'argument-missing': { what: '{argument}이(가) 빠졌습니다.', next: '사용법 보기: {help}' },
  'argument-extra': { what: '명령이 받는 것보다 인수가 많습니다.', next: '사용법 보기: {help}' },
  'shell-unknown': { what: '{shell} 셸의 자동 완성은 제공하지 않습니다.', next: '{choices} 중에서 고르십시오.' },
  'lint-unreadable': { what: '{path} 파일을 읽을 수 없습니다: {detail}.', next: '경로와 권한을 확인하십시오.' },
  'base-not-image': {
    what: '{target}은(는) 이미지가 아닙니다. 이미지만 베이스가 될 수 있습니다.',
    next: '레지스트리, 데몬, 레이아웃, 아카이브의 이미지를 지정하십시오.',
  },
  'base-unknown': { what: '베이스 이미지 색인에 {name}이(가) 없습니다.', next: '색인 보기: plimsoll base index list' },
  'candidates-malformed': {
    what: '--candidates: {value}은(는) 0에서 {most} 사이의 수가 아닙니다.',
    next: '검사할 베이스 이미지의 수를 5처럼 지정하십시오.',
  },
  'lint-rules-invalid': { what: '{where}은(는) 올바른 규칙 파일이 아닙니다: {detail}.', next: '규칙 작성법은 docs/lint.md에 있습니다.' },
  'lint-kind-unknown': {
    what: '어떤 종류의 파일인지 알 수 없습니다: {path}.',
    next: '--kind dockerfile, kubernetes, compose, run 가운데 하나로 알려 주십시오.',
  },
  'harden-no-image': {
    what: '{target}에는 읽을 레이어가 없습니다.',
    next: '이미지나 이미지 아카이브, 또는 쿠버네티스 매니페스트(.yaml로 끝나는 파일)를 지정하십시오.',
  },
  'harden-no-pods': {
    what: '{path}에 파드가 없거나 올바른 YAML이 아닙니다.',
    next: 'Pod, Deployment, StatefulSet, DaemonSet, Job, CronJob이 든 매니페스트를 지정하십시오. 잘못된 곳은 plimsoll lint가 알려 줍니다.',
  },
  'harden-user-malformed': { what: '{user}은(는) 사용자가 아닙니다.', next: '번호로 지정하십시오: --user 10001 또는 --user 10001:10001' },
  'lint-rule-unknown': { what: '{rule} 규칙은 없습니다.', next: '모든 규칙 보기: plimsoll lint --list-rules' },
  'lint-rule-misspelt': { what: '{rule} 규칙은 없습니다.', next: '혹시 {like}입니까?' },
  'scanner-later': {
    what: '{scanner} 스캐너는 아직 이 버전에 없습니다.',
    next: '빼고 실행하십시오. --scanners vuln은 알려진 취약점을 찾습니다.',
  },
  'format-unknown': { what: '{format}(이)라는 보고서 형식은 없습니다.', next: '{choices} 중에서 고르십시오.' },
  'format-version-unknown': { what: '보고서 형식의 그런 버전은 없습니다: {format}.', next: '{choices} 중에서 고르십시오.' },
  'format-several-to-one': {
    what: '여러 보고서가 {where} 한 곳에 쓰이게 됩니다.',
    next: '하나만 남기고 각각 파일을 지정하십시오: -f json=report.json -f table. --output은 보고서가 하나일 때의 파일입니다.',
  },
  'output-unwritable': { what: '보고서를 {path}에 쓸 수 없습니다: {detail}.', next: '폴더, 권한, 남은 공간을 확인하십시오.' },
  'target-not-folder': {
    what: '{path}은(는) 폴더가 아닙니다.',
    next: '해당 파일이 있는 폴더를 지정하거나 다른 접두사를 쓰십시오.',
  },
  'target-not-file': {
    what: '{path}은(는) 아카이브 파일이 아니라 폴더입니다.',
    next: '이미지 레이아웃 폴더라면 oci:, 풀어 놓은 루트 파일 시스템이라면 rootfs:를 쓰십시오.',
  },
  'temp-failed': {
    what: '{path} 아래의 임시 파일을 사용할 수 없습니다: {detail}.',
    next: '공간을 확보하거나 TMPDIR을 쓸 수 있는 폴더로 지정하십시오.',
  },
  'setting-feeds': {
    what: '{where}: {value}은(는) 피드 설정이 아닙니다.',
    next: '업스트림=주소, 업스트림=on 또는 업스트림=off로 쓰십시오. 파일에서는 업스트림 이름 아래에 url과 enabled를 씁니다.',
  },
  'alias-option': {
    what: '{tool}의 {option} 옵션은 여기서 지원하지 않습니다.',
    next: '지원하는 옵션은 {help}(으)로 확인하십시오. plimsoll 자체 옵션도 함께 쓸 수 있습니다.',
  },
  'alias-command': { what: '{tool}의 {command} 명령은 여기서 지원하지 않습니다.', next: '지원하는 명령: {known}.' },
  'alias-repository': {
    what: '{address}은(는) 저장소 주소이며, 저장소는 내려받지 않습니다.',
    next: '저장소를 복제(clone)한 뒤 그 폴더를 지정하십시오.',
  },
  'sarif-unreadable': { what: '{path}을(를) 읽을 수 없습니다: {detail}.', next: '경로와 권한을 확인하십시오.' },
  'sarif-malformed': {
    what: '{path}은(는) SARIF가 아닙니다: {detail}.',
    next: '해당 도구에서 SARIF 2.1.0("version"과 "runs"가 있는 JSON 파일)으로 출력한 뒤 그 파일을 지정하십시오.',
  },
  'sarif-unsupported': {
    what: '{path}을(를) 가져올 수 없습니다: {detail}.',
    next: '한 파일로 된 SARIF 2.1.0만 읽습니다. 해당 도구에서 그렇게 출력하거나 결과를 나누어 주십시오.',
  },
  'sbom-malformed': {
    what: '{path}은(는) 형식이 올바르지 않습니다: {detail}.',
    next: 'SBOM을 다시 만드십시오. CycloneDX는 JSON이나 XML, SPDX는 JSON이나 tag-value를 읽습니다.',
  },
  'sbom-unsupported': {
    what: '{path}은(는) 읽을 수 있는 SBOM이 아닙니다({form}).',
    next: 'CycloneDX 1.2~1.7(JSON, XML), SPDX 2.2나 2.3(JSON, tag-value), SPDX 3.0(JSON-LD) 중 하나를 지정하십시오.',
  },
  'sbom-too-large': {
    what: '{path}은(는) {limit}바이트보다 큽니다.',
    next: '이렇게 큰 SBOM은 없습니다. 파일을 확인하십시오.',
  },
  'ca-file-unusable': {
    what: '{path}의 인증서를 쓸 수 없습니다: {detail}.',
    next: '인증서가 하나 이상 든 읽을 수 있는 PEM 파일을 지정하십시오.',
  },
  'client-cert-unusable': {
    what: '클라이언트 인증서를 쓸 수 없습니다: {detail}.',
    next: '인증서는 --client-cert로, 암호가 걸리지 않은 개인 키는 --client-key로 지정하십시오. 둘 다 PEM 파일이어야 합니다.',
  },
  'tls-client-certificate': {
    what: '{host}에서 클라이언트 인증서를 요구하거나 제시된 인증서를 받아들이지 않습니다.',
    next: '서버에 등록된 인증서를 --client-cert와 --client-key로 지정하십시오.',
  },
  'setting-mirror': {
    what: "{where}: '{value}'은(는) 미러 설정이 아닙니다.",
    next: '<레지스트리[/경로]>=<레지스트리[/경로]> 형식으로 쓰십시오. 예: docker.io=mirror.example.com/hub',
  },
};
