import { standingWarningsKo } from './standing.ko.ts';
import type { WarningKey } from './warning.en.ts';

export const warningKo: Record<WarningKey, string> = {
  ...standingWarningsKo,
  'starter-database':
    'plimsoll에 포함된 시작용 데이터베이스입니다. 잘 알려진 취약점 위주의 레코드 {records}개뿐이며 대부분의 취약점은 들어 있지 않습니다. 전체를 쓰려면 plimsoll db update를 실행하거나 --db-source로 게시된 데이터베이스를 지정하십시오.',
  'stale-database':
    '취약점 데이터가 {age}일 전 것입니다(한도 {limit}일, 필요한 피드 중 가장 오래된 것: {feed}). 최근 취약점이 빠져 있습니다.',
  'database-not-updated':
    '어떤 출처에서도 새 데이터베이스를 받지 못했습니다({sources}). 여기 있는 {age}일 전 데이터로 계속합니다. 자세한 원인은 plimsoll db pull로 확인하십시오.',
  'database-source-failed': '데이터베이스 출처 {source}에서 받지 못하여({code}) 다음 출처를 사용했습니다.',
  'future-database': '취약점 데이터의 날짜가 미래입니다({date}). 이 컴퓨터의 시계를 확인하십시오.',
  'unassessed-packages': '패키지 {count}개는 어떤 출처에서도 평가하지 않습니다. 발견된 문제가 없다고 해서 안전하다는 뜻은 아닙니다.',
  'inventory-gaps': '{count}곳을 읽지 못했으며, 그중 {incomplete}곳에는 패키지가 있을 수 있습니다.',
  'no-packages': '{target}에서 패키지를 찾지 못했습니다. 정적 파일만 담은 이미지라면 정상이고, 아니라면 대상을 확인하십시오.',
  'shared-cache-refused':
    '공유 캐시 {store}에서 신뢰하는 작성자가 서명하지 않은 항목: {count}개. 쓰지 않고 레이어를 직접 읽었습니다. 누군가 패키지를 숨기려 했을 수 있습니다.',
  'shared-cache-failed': '공유 캐시 {store}을(를) 쓸 수 없어({code}) 레이어를 직접 읽었습니다.',
  'lazy-layers':
    '레이어 {layers}개 중 {count}개를 목차로 읽어 {size}바이트 중 {fetched}바이트({percent} %)만 받았습니다. 목차에서 빠진 파일은 런타임이 풀더라도 확인되지 않았습니다. 확실히 하려면 --lazy 없이 검사하십시오.',
  'lazy-no-registry': '레지스트리의 이미지만 목차로 읽을 수 있으므로 전체를 읽었습니다.',
  'lazy-no-table': '매니페스트가 보증하는 목차가 없는 레이어 {count}개는 전체를 읽었습니다.',
  'lazy-no-ranges': '레지스트리가 블롭의 일부만 보내 주지 않아 레이어 {count}개는 전체를 읽었습니다.',
  'lazy-bad-table': '목차를 신뢰할 수 없는 레이어 {count}개는 전체를 읽었습니다.',
  'secrets-key-unkept':
    '비밀 정보의 해시를 만드는 키를 보관할 수 없습니다({path}). 이번 실행의 해시는 어떤 기준선과도 맞지 않습니다. PLIMSOLL_SECRETS_KEY를 설정하거나 그 폴더를 본인만 쓸 수 있게 하십시오.',
  'imported-results-malformed': '{file}의 결과 중 SARIF 형식에 맞지 않아 제외한 것 {count}건({examples}).',
  'imported-run-failed':
    '{file}에 {tool} 실행이 끝까지 성공하지 못했다고 적혀 있습니다({said}). 놓친 문제가 있을 수 있으니 원인을 해결한 뒤 다시 실행하십시오.',
  'secrets-rules-ignored': '{file}의 규칙 중 여기서 쓸 수 없어 적용하지 않은 것 {count}개({rules}).',
  'base-not-below':
    '이미지가 {name} 위에 만들어졌다고 되어 있지만({evidence}), 맨 아래 레이어가 지금의 그 이미지와 다릅니다. 이 주장은 믿지 않았습니다.',
  'base-provenance-unread': '이미지를 어떻게 빌드했는지 알려 주는 진술을 읽을 수 없어({code}) 그것 없이 베이스 이미지를 판단했습니다.',
  'dockerfile-other':
    '이미지는 {file}(으)로 만든 것이 아니거나 그 파일의 다른 판으로 만들었습니다. 마지막 명령부터 기록이 다릅니다. 그래서 줄 번호를 보여 주지 않고 FROM을 베이스 이미지로 보지 않습니다.',
  'base-unchecked': '이미지가 {name} 위에 만들어졌다고 되어 있지만 그 이미지를 열 수 없어({code}) 레이어를 비교하지 못했습니다.',
  'base-conflict':
    '이미지가 {name}({evidence}) 위에, 또 {other}({otherEvidence}) 위에 만들어졌다고 되어 있습니다. 앞의 것을 믿었으며, 둘 다 비교하지 못했습니다.',
};
