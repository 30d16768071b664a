import type { WarningKey } from './warning.en.ts';

export const warningKo: Record<WarningKey, string> = {
  'starter-database':
    'plimsoll에 포함된 시작용 데이터베이스입니다. 잘 알려진 취약점 위주의 레코드 {records}개뿐이며 대부분의 취약점은 들어 있지 않습니다. 전체를 쓰려면 권고 파일을 폴더에 모아 실행하십시오: plimsoll db build --from <폴더>',
  'stale-database':
    '취약점 데이터가 {age}일 전 것입니다(한도 {limit}일, 필요한 피드 중 가장 오래된 것: {feed}). 최근 취약점이 빠져 있습니다.',
  'future-database': '취약점 데이터의 날짜가 미래입니다({date}). 이 컴퓨터의 시계를 확인하십시오.',
  'unassessed-packages': '패키지 {count}개는 어떤 출처에서도 평가하지 않습니다. 발견된 문제가 없다고 해서 안전하다는 뜻은 아닙니다.',
  'inventory-gaps': '{count}곳을 읽지 못했으며, 그중 {incomplete}곳에는 패키지가 있을 수 있습니다.',
  'no-packages': '{target}에서 패키지를 찾지 못했습니다. 정적 파일만 담은 이미지라면 정상이고, 아니라면 대상을 확인하십시오.',
};
