import type { FindingsKey } from './findings.en.ts';

export const findingsKo: Readonly<Record<FindingsKey, string>> = {
  'vulnerability.title': '{package}의 {id}',
  'vulnerability.message': '{package} {version} 버전이 {id}의 영향을 받습니다({severity}).',
  'vulnerability.undecided':
    '{package} {version} 버전이 {id}의 영향을 받는지 판단할 수 없었습니다({severity}). 안전한 것으로 세지 않습니다.',
  'vulnerability.not-applicable': '{package} {version} 버전은 문구상 {id}에 해당하지만 이 환경에서는 영향이 없습니다: {reason}.',
  'vulnerability.about': '공개된 취약점입니다. 권고: {advisories}.',
  'vulnerability.exploited': '실제 공격에 쓰이는 것으로 알려져 있습니다(CISA 목록, {date}부터).',
  'vulnerability.likely': '30일 안에 악용될 확률: {percent}%(EPSS, {date} 기준).',
  'malware.title': '{id}: 악성 패키지 {package}',
  'malware.message': '{package} {version} 버전은 악성으로 알려진 패키지입니다({id}).',
  'malware.about': '해를 끼치려고 배포된 패키지입니다. 이 패키지가 닿을 수 있었던 것은 모두 침해된 것으로 보아야 합니다.',
  'malware.remedy': '패키지를 제거하고 이미지를 다시 빌드한 뒤, 패키지가 닿을 수 있었던 비밀 정보를 모두 교체하십시오.',
  'end-of-life.title': '지원 종료: {package} {version}',
  'end-of-life.message': '{package} {version} 버전은 더 이상 보안 업데이트를 받지 않습니다.',
  'end-of-life.about': '앞으로 발견되는 문제는 고쳐지지 않으며, 취약점으로 공지되지 않을 수도 있습니다.',
  'end-of-life.remedy': '아직 지원되는 릴리스를 기반으로 이미지를 다시 빌드하십시오.',
  'fix.update': '{package}: {versions} 버전으로 업데이트하십시오.',
  'fix.affected': '아직 알려진 수정 버전이 없습니다.',
  'fix.will-not-fix': '공급자가 수정하지 않기로 했습니다.',
  'fix.fix-deferred': '공급자가 수정을 미뤘습니다.',
  'fix.end-of-life': '지원이 종료된 릴리스라서 수정되지 않습니다.',
  'fix.under-investigation': '공급자가 아직 조사하고 있습니다.',
  'fix.fixed': '{package} 패키지를 업데이트하십시오.',
  'secret.message': '{title}: {masked}',
  'secret.hidden': '{title}. 위 레이어가 지우거나 바꿨지만 아래 레이어에는 그대로 남아 있습니다: {masked}',
  'secret.about':
    '이미지를 내려받을 수 있는 사람은 누구나 읽을 수 있습니다. 나중 명령에서 지워도 그것을 넣은 레이어에서는 사라지지 않습니다.',
  'help.severity': '심각도',
  'help.package': '패키지',
  'help.installed': '설치된 버전',
  'help.fixed': '수정 버전',
  'help.references': '참고',
  'help.aliases': '다른 이름',
  'help.benchmarks': '벤치마크',
  'help.why': '왜 문제인가',
  'help.remedy': '해결 방법',
  'sarif.too-many-runs':
    '플랫폼이 {count}개입니다. 코드 스캐닝은 파일 하나에 20개까지만 받으므로 결과가 가장 가벼운 {left}개를 뺐습니다. 그 플랫폼은 이름을 지정해(--platform os/아키텍처) 따로 스캔하십시오.',
  'sarif.not-counted':
    '집계하지 않는 {count}건(예외로 승인됨, 기준에 이미 있음, 영향 없음)을 뺐습니다. JSON 보고서에는 모두 있으며 --sarif-suppressed를 쓰면 suppressions와 함께 기록합니다.',
  'sarif.truncated':
    '발견 {count}건 중 심각도가 가장 낮은 {left}건을 뺐습니다. SARIF를 받는 쪽이 그보다 많이 받지 않기 때문입니다. JSON 보고서에는 모두 있습니다.',
  'sarif.root': '{target} 파일 시스템의 루트',
};
