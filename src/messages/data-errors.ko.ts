import type { dataErrorsEn } from './data-errors.en.ts';
import type { ErrorText } from './error-text.ts';

export const dataErrorsKo: Record<keyof typeof dataErrorsEn, ErrorText> = {
  'database-stale': {
    what: '취약점 데이터가 {age}일 전 것으로 허용 한도 {limit}일을 넘었습니다(필요한 피드 중 가장 오래된 것: {feed}).',
    next: 'plimsoll db update로 데이터베이스를 갱신하거나 --max-db-age 또는 --stale-db warn으로 오래된 데이터를 허용하십시오.',
  },
  'database-missing': {
    what: '{path}에 취약점 데이터베이스가 없습니다.',
    next: 'plimsoll db update로 만들거나 plimsoll db pull 또는 db import로 받으십시오. 없으면 기본 제공 데이터베이스를 사용합니다.',
  },
  'database-damaged': {
    what: '취약점 데이터베이스를 신뢰할 수 없습니다: {path}: {detail}.',
    next: '쓰다가 중단되었거나 손상 또는 변경되었습니다. 삭제한 뒤 다시 만드십시오: plimsoll db update.',
  },
  'database-incomplete': {
    what: '{path}의 취약점 데이터베이스에 필요한 부분이 없습니다: {parts}.',
    next: 'plimsoll db pull이나 db import로 전체를 가져오거나, database.source를 설정하고 --offline과 --update never 없이 실행하여 필요한 부분을 스캔 중에 받게 하십시오.',
  },
  'database-newer': {
    what: '{path}의 취약점 데이터베이스 형식 {version}은(는) 이 버전의 plimsoll이 알지 못합니다.',
    next: 'plimsoll을 업데이트하거나 이 버전으로 데이터베이스를 다시 만드십시오: plimsoll db update.',
  },
  'database-artifact-invalid': {
    what: '{source}에서 제공하는 것은 신뢰할 수 있는 데이터베이스가 아닙니다: {reason}.',
    next: '참조를 확인하거나 다른 곳에서 받으십시오. 이전 데이터베이스는 그대로 남아 있습니다.',
  },
  'database-source-missing': {
    what: '데이터베이스를 어디에서 받을지 지정되지 않았습니다.',
    next: '참조를 지정하거나(plimsoll db pull registry.example/plimsoll-db) database.source를 설정하십시오.',
  },
  'database-sources-failed': {
    what: '어느 곳에서도 데이터베이스를 받지 못했습니다: {sources}.',
    next: '이전 데이터베이스는 그대로 남아 있습니다. 한 곳씩 따로 받아 보면 원인을 알 수 있습니다.',
  },
  'database-source-invalid': {
    what: '{source}은(는) 데이터베이스 출처로 쓸 수 없습니다: {reason}.',
    next: '레지스트리 참조, 슬래시로 끝나는 https: 주소 또는 폴더를 지정하십시오.',
  },
  'database-source-older': {
    what: '{source}의 데이터베이스({date})가 이 컴퓨터의 것({before})보다 오래되었는데, 그 일부가 필요합니다.',
    next: '최신 상태가 될 때까지 기다리거나, 다른 출처를 지정하거나, plimsoll db pull로 오래된 것을 받으십시오.',
  },
  'database-not-redistributable': {
    what: '데이터베이스에 다시 배포할 수 없는 피드가 들어 있습니다: {feeds}.',
    next: '해당 피드의 파일을 빼고 데이터베이스를 만든 뒤 그것을 올리십시오.',
  },
  'database-archive-unwritable': {
    what: '아카이브 {path}을(를) 쓸 수 없습니다: {detail}.',
    next: '남은 공간과 폴더, 권한을 확인하십시오.',
  },
  'database-no-feeds': {
    what: '{folder}에 plimsoll이 읽는 피드의 파일이 없습니다.',
    next: '피드 목록과 파일 이름은 docs/feeds.md에 있습니다.',
  },
  'database-unwritable': {
    what: '{path}에 데이터베이스를 쓸 수 없습니다: {detail}.',
    next: '공간을 확보하거나 --db나 --cache-dir로 쓸 수 있는 폴더를 지정하십시오.',
  },
  'database-input': {
    what: '{path}의 취약점 데이터를 읽을 수 없습니다: {detail}.',
    next: '해당 파일을 다시 받거나 그 업스트림을 빼십시오(feeds.<upstream>.enabled: false). 이전 데이터베이스는 그대로 남아 있습니다.',
  },
  'feed-name-unsafe': {
    what: '{upstream}이(가) 미러에 둘 수 없는 파일 이름을 알려 왔습니다({name}): {reason}.',
    next: '목록이 손상되었거나 악의적입니다. 이전에 받아 둔 파일은 그대로입니다. 이 업스트림의 주소를 확인하십시오.',
  },
  'feed-address-refused': {
    what: '{upstream}이(가) 따라갈 수 없는 주소를 알려 왔습니다({address}): {reason}.',
    next: '목록이 손상되었거나 악의적입니다. 이전에 받아 둔 파일은 그대로입니다. 이 업스트림의 주소를 확인하십시오.',
  },
  'feed-url-invalid': {
    what: '{url}은(는) {upstream}을(를) 받을 수 있는 주소가 아닙니다.',
    next: 'https:, http:, file:로 시작하고 질의 문자열이 없는 주소를 지정하십시오.',
  },
  'feed-missing': {
    what: '{upstream}에 {file}이(가) 없습니다.',
    next: '이 업스트림의 주소를 확인하십시오. 원본과 같은 구조여야 합니다.',
  },
  'feed-malformed': {
    what: '{upstream}의 {file}이(가) 올바른 형식이 아닙니다: {detail}.',
    next: '이전에 받아 둔 파일은 그대로입니다. 나중에 다시 시도하고, 계속되면 주소를 확인하거나 신고하십시오.',
  },
  'nvd-refused': {
    what: 'NVD가 응답을 거부했습니다(상태 코드 {status}).',
    next: '404이면 PLIMSOLL_NVD_API_KEY의 키를 NVD가 알지 못한다는 뜻입니다. 그 밖의 경우는 이 주소에서 요청이 너무 많았던 것이니 몇 분 뒤에 다시 실행하십시오. 중단된 곳부터 이어집니다. NVD에서 무료로 발급하는 키를 쓰면 열 배까지 요청할 수 있습니다.',
  },
  'feed-mirror-unwritable': {
    what: '피드를 {path}에 쓸 수 없습니다: {detail}.',
    next: '공간을 확보하거나, 쓸 수 있는 폴더를 --cache-dir로 지정하십시오.',
  },
  'update-running': {
    what: '다른 plimsoll db update(프로세스 {pid})가 같은 캐시를 갱신하고 있습니다.',
    next: '끝날 때까지 기다리십시오. 실행 중인 것이 없다면 {path}을(를) 지우십시오.',
  },
  'update-failed': {
    what: '업스트림을 하나도 갱신하지 못했습니다: {failures}.',
    next: '이전에 받아 둔 파일과 데이터베이스는 그대로입니다. 네트워크, 프록시 설정, 주소(plimsoll db update --list)를 확인하십시오.',
  },
  'update-useless': {
    what: '어떤 패키지가 영향을 받는지 알려 주는 피드를 아직 받지 않았습니다. 받은 것은 {upstreams}뿐입니다.',
    next: '먼저 이름 없이 plimsoll db update를 실행하십시오. 이전 데이터베이스는 그대로입니다.',
  },
  'upstream-unknown': {
    what: '{name}(이)라는 업스트림은 없습니다.',
    next: '{known} 중에서 고르십시오. 각각의 설명은 plimsoll db update --list로 볼 수 있습니다.',
  },
  'key-unusable': {
    what: '{path}의 키를 쓸 수 없습니다: {detail}.',
    next: '암호가 없는 읽을 수 있는 PEM 파일을 지정하십시오. Ed25519, ECDSA, 2048비트 이상의 RSA를 쓸 수 있습니다.',
  },
  'shared-cache-untrusting': {
    what: '공유 캐시 {address}에서 누구의 항목을 믿을지 정하는 키가 없습니다.',
    next: '--shared-cache-trust로 작성자들의 공개 키를, 또는 --shared-cache-sign으로 자신의 키를 지정하십시오.',
  },
  'shared-cache-address': {
    what: '공유 캐시 {address}은(는) 저장소도 https 주소도 아닙니다.',
    next: 'registry/repository 또는 https://host/path/ 형식으로 쓰십시오.',
  },
};
